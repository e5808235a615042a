package org.milvustls.bench.workload;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A collection generated from a seed. Every server has the same vectors, and every answer can be
 * checked.
 *
 * @param name in Milvus
 * @param vectors number of vectors
 * @param dimension of each
 * @param seed of the clusters and the vectors
 * @param answers file with the ids that plaintext returned for each query, which every other answer
 *     must equal; absent before they are known
 */
public record CollectionSpec(
    String name, int vectors, int dimension, long seed, Optional<Path> answers) {
  public CollectionSpec {
    if (vectors < 1 || dimension < 1) {
      throw new IllegalArgumentException(vectors + " vectors of dimension " + dimension);
    }
  }

  /** The same vectors in a collection of another name, without answers. */
  CollectionSpec named(String other) {
    return new CollectionSpec(other, vectors, dimension, seed, Optional.empty());
  }
}
