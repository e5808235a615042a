package org.milvustls.bench.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.result.Environment;
import org.milvustls.bench.result.Json;

/**
 * The answers of one connection to each query. Every other connection must get the same.
 *
 * @param collection name in Milvus
 * @param vectors number of vectors
 * @param dimension of each
 * @param seed of both vectors and queries
 * @param nprobe number of clusters that a search reads
 * @param recall share of the true nearest neighbours among the first ten ids, over all queries
 * @param ids for each query the ids of a search with limit 100, nearest first
 */
public record Answers(
    String collection,
    int vectors,
    int dimension,
    long seed,
    int nprobe,
    double recall,
    List<List<Long>> ids) {

  /** The record of them for the environment of a run. */
  public Environment.Searched asSearched() {
    return new Environment.Searched(
        vectors, dimension, "IVF_FLAT, L2, nprobe " + nprobe, ids.size(), recall);
  }

  void write(Path file) {
    try {
      Files.writeString(file, Json.mapper().writeValueAsString(this));
    } catch (IOException e) {
      throw MilvusTlsException.failure("cannot write the expected answers to " + file)
          .seen(e)
          .cause(e)
          .build();
    }
  }

  /** Reads the answers of a collection that is loaded. */
  public static Answers of(CollectionSpec spec) {
    Path file =
        spec.answers()
            .orElseThrow(
                () -> new WorkloadException("collection " + spec.name() + " is not loaded"));
    try {
      Answers answers = Json.mapper().readValue(file.toFile(), Answers.class);
      if (answers.seed() != spec.seed()
          || answers.vectors() != spec.vectors()
          || answers.dimension() != spec.dimension()) {
        throw new WorkloadException(file + " has the answers of another collection than " + spec);
      }
      return answers;
    } catch (IOException e) {
      throw new WorkloadException("cannot read the expected answers from " + file, e);
    }
  }
}
