package org.milvustls.bench.workload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The quality of the answers of an index: shows that searches find the nearest vectors. */
final class Recall {
  private static final int FIRST = 10;

  private Recall() {}

  /**
   * Share of the ten nearest vectors of each query, from an exact search, among the first ten ids.
   */
  static double of(CollectionSpec spec, Vectors vectors, List<List<Long>> ids) {
    float[][] stored = new float[spec.vectors()][];
    for (int id = 0; id < stored.length; id++) {
      stored[id] = vectors.stored(id);
    }
    int found = 0;
    for (int i = 0; i < ids.size(); i++) {
      List<Long> truth = nearest(stored, vectors.query(i));
      found += (int) ids.get(i).subList(0, FIRST).stream().filter(truth::contains).count();
    }
    return (double) found / (FIRST * ids.size());
  }

  private static List<Long> nearest(float[][] stored, float[] query) {
    record Neighbour(long id, double distance) {}
    PriorityQueue<Neighbour> nearest =
        new PriorityQueue<>(Comparator.comparingDouble(Neighbour::distance).reversed());
    for (int id = 0; id < stored.length; id++) {
      nearest.add(new Neighbour(id, distance(stored[id], query)));
      if (nearest.size() > FIRST) {
        nearest.poll();
      }
    }
    List<Long> ids = new ArrayList<>();
    nearest.forEach(neighbour -> ids.add(neighbour.id()));
    return ids;
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      double difference = a[d] - b[d];
      sum += difference * difference;
    }
    return sum;
  }
}
