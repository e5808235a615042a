package org.milvustls.bench.workload;

import java.util.List;
import java.util.Optional;

/** Forwards to another workload; a subclass changes some methods. */
abstract class ForwardingWorkload implements Workload {
  final Workload inner;

  ForwardingWorkload(Workload inner) {
    this.inner = inner;
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
