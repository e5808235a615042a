package org.milvustls.bench.scenario;

import java.time.Duration;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Collects the traits of one {@link Operation}; the others have their defaults. */
final class OperationTraits {
  final ToLongFunction<Cell> nominalNanos;
  String words = "";
  @Nullable Dataset dataset;
  int burst;
  Duration roundTrip = Duration.ZERO;
  boolean mostlyWaiting;
  long plantedNanos;

  private OperationTraits(ToLongFunction<Cell> nominalNanos) {
    this.nominalNanos = nominalNanos;
  }

  /** Approximate time of one operation on a small machine, closing included, in ns. */
  static OperationTraits takes(long nanos) {
    return new OperationTraits(cell -> nanos);
  }

  /** The same, with another time for the JDK than for the other providers. */
  static OperationTraits takes(long withJdk, long withOthers) {
    return new OperationTraits(cell -> cell.isOfJdk() ? withJdk : withOthers);
  }

  /** The same, as a function of the cell. */
  static OperationTraits takes(ToLongFunction<Cell> nanos) {
    return new OperationTraits(nanos);
  }

  /** The difference from the suite's main operation, for people. */
  OperationTraits words(String value) {
    this.words = value;
    return this;
  }

  /** Its collection. */
  OperationTraits on(Dataset value) {
    this.dataset = value;
    return this;
  }

  /** Operations of one burst. Default: that of its suite. */
  OperationTraits burst(int value) {
    this.burst = value;
    return this;
  }

  /** Delay that the network adds to each round trip. */
  OperationTraits roundTrip(Duration value) {
    this.roundTrip = value;
    return this;
  }

  /**
   * A server always has long pauses between its calls. Then it does not matter if another server
   * gets more calls, and a burst has one leading operation.
   */
  OperationTraits mostlyWaiting() {
    this.mostlyWaiting = true;
    return this;
  }

  /** The delay of a positive control, in ns. Default: that of its suite. */
  OperationTraits planted(long nanos) {
    this.plantedNanos = nanos;
    return this;
  }
}
