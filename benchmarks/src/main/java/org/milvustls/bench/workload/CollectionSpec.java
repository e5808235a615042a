package org.milvustls.bench.workload;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A collection made from a seed, so that every server holds the same vectors and every answer can
 * be checked.
 *
 * @param name in Milvus
 * @param vectors how many
 * @param dimension of each
 * @param seed of the clusters and the vectors
 * @param answers file with the ids that plaintext returned for each query, which every other answer
 *     must equal; absent while they are being found out
 */
public record CollectionSpec(
    String name, int vectors, int dimension, long seed, Optional<Path> answers) {
  public CollectionSpec {
    if (vectors < 1 || dimension < 1) {
      throw new IllegalArgumentException(vectors + " vectors of dimension " + dimension);
    }
  }

  /** The same vectors in a collection of another name, whose answers nobody knows. */
  CollectionSpec named(String other) {
    return new CollectionSpec(other, vectors, dimension, seed, Optional.empty());
  }
}
