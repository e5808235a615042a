package org.milvustls.bench.workload;

/** Another workload whose server is at a distance. */
final class DelayedWorkload extends ForwardingWorkload {
  private final DelayedEndpoint distance;

  DelayedWorkload(Workload inner, DelayedEndpoint distance) {
    super(inner);
    this.distance = distance;
  }

  @Override
  public void close() {
    try (distance) {
      super.close();
    }
  }
}
