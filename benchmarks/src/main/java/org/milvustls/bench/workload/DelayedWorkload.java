package org.milvustls.bench.workload;

import java.util.List;

/** Another workload whose server is at a distance. */
final class DelayedWorkload implements Workload {
  private final Workload inner;
  private final DelayedEndpoint distance;

  DelayedWorkload(Workload inner, DelayedEndpoint distance) {
    this.inner = inner;
    this.distance = distance;
  }

  @Override
  public Observation observe() {
    return inner.observe();
  }

  @Override
  public long perform() {
    return inner.perform();
  }

  @Override
  public List<String> parts() {
    return inner.parts();
  }

  @Override
  public long lastPart(int index) {
    return inner.lastPart(index);
  }

  @Override
  public void close() {
    try (distance) {
      inner.close();
    }
  }
}
