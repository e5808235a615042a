package org.milvustls.bench.scenario;

/**
 * A collection that searches run on: vectors in clusters, made from a seed, under an IVF_FLAT index
 * with L2. The wider ones are for payload, which their vectors are when they come back; they hold
 * fewer vectors, so that loading and searching them stays a small part of it.
 */
public enum Dataset {
  /** What a small search and most other calls use. */
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

  /** How many vectors a run stores. */
  public int vectors() {
    return vectors;
  }

  /** Numbers of a vector. */
  public int dimension() {
    return dimension;
  }
}
