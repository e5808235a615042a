package org.milvustls.bench.workload;

/**
 * Adds a busy wait of a known length after every operation of another workload. With the wait
 * counted, it is the positive control; without, it is the arm that the control is compared with.
 */
final class Paused extends ForwardingWorkload {
  private final long nanos;
  private final boolean counted;

  Paused(Workload inner, long nanos, boolean counted) {
    super(inner);
    this.nanos = nanos;
    this.counted = counted;
  }

  @Override
  public long perform() {
    long took = inner.perform();
    long start = System.nanoTime();
    long passed = 0;
    while (passed < nanos) {
      Thread.onSpinWait();
      passed = System.nanoTime() - start;
    }
    return counted ? took + passed : took;
  }
}
