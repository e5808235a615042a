package org.milvustls.bench.workload;

import java.util.SplittableRandom;

/**
 * Vectors in clusters, generated from a seed: the same on every machine and in every JVM. An IVF
 * index needs clusters; it does not help with evenly spread vectors.
 */
final class Vectors {
  /** Number of queries, used in turn. */
  static final int QUERIES = 100;

  private static final int CLUSTERS = 64;
  private static final double SPREAD = 0.15;

  private final CollectionSpec spec;
  private final float[][] centers;

  Vectors(CollectionSpec spec) {
    this.spec = spec;
    SplittableRandom random = new SplittableRandom(spec.seed());
    centers = new float[CLUSTERS][spec.dimension()];
    for (float[] center : centers) {
      for (int d = 0; d < center.length; d++) {
        center[d] = (float) random.nextDouble();
      }
    }
  }

  /** The stored vector with this id, from 0. */
  float[] stored(int id) {
    return near(id);
  }

  /** A query, which is not stored. */
  float[] query(int number) {
    return near(spec.vectors() + number);
  }

  private float[] near(int index) {
    SplittableRandom random =
        new SplittableRandom(spec.seed() ^ (0x9E3779B97F4A7C15L * (index + 1L)));
    float[] center = centers[random.nextInt(CLUSTERS)];
    float[] vector = new float[center.length];
    for (int d = 0; d < vector.length; d++) {
      vector[d] = (float) (center[d] + SPREAD * random.nextGaussian());
    }
    return vector;
  }
}
