package org.milvustls.bench.scenario;

/**
 * A collection for searches: vectors in clusters, generated from a seed, under an IVF_FLAT index
 * with L2. The wider ones measure payload: searches return their vectors. They have fewer vectors,
 * so that load and search stay a small part of the time.
 */
public enum Dataset {
  /** For the small search and most other calls. */
  WIDTH_128(10_000, 128),
  /** The width of many text embeddings. */
  WIDTH_768(4_000, 768),
  /** The width of large text embeddings. */
  WIDTH_1536(4_000, 1536);

  private final int vectors;
  private final int dimension;

  Dataset(int vectors, int dimension) {
    this.vectors = vectors;
    this.dimension = dimension;
  }

  /** Number of stored vectors. */
  public int vectors() {
    return vectors;
  }

  /** Dimension of a vector. */
  public int dimension() {
    return dimension;
  }
}
