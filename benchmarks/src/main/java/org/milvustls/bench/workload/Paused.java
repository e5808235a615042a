package org.milvustls.bench.workload;

import java.util.List;
import java.util.Optional;

/**
 * Another workload with a busy wait of a known length after every operation. Counted it is the
 * positive control, not counted what that is held against.
 */
final class Paused implements Workload {
  private final Workload inner;
  private final long nanos;
  private final boolean counted;

  Paused(Workload inner, long nanos, boolean counted) {
    this.inner = inner;
    this.nanos = nanos;
    this.counted = counted;
  }

  @Override
  public Observation observe() {
    return inner.observe();
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

  @Override
  public List<String> parts() {
    return inner.parts();
  }

  @Override
  public long lastPart(int index) {
    return inner.lastPart(index);
  }

  @Override
  public Optional<Sides> lastSides() {
    return inner.lastSides();
  }

  @Override
  public Optional<Double> nativeBytesHeld() {
    return inner.nativeBytesHeld();
  }

  @Override
  public void close() {
    inner.close();
  }
}
