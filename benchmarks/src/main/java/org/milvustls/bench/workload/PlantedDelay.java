package org.milvustls.bench.workload;

import java.util.List;
import java.util.Optional;

/** The positive control: another workload whose every operation takes a known time longer. */
final class PlantedDelay implements Workload {
  private final Workload inner;
  private final long nanos;

  PlantedDelay(Workload inner, long nanos) {
    this.inner = inner;
    this.nanos = nanos;
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
    return took + passed;
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
