package org.milvustls.bench.scenario;

import java.time.Duration;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Collects what distinguishes one {@link Operation}; what is not said has the default. */
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

  /** About what one takes on a small machine, closing included, in ns. */
  static OperationTraits takes(long nanos) {
    return new OperationTraits(cell -> nanos);
  }

  /** The same, where the JDK takes another time than the other providers. */
  static OperationTraits takes(long withJdk, long withOthers) {
    return new OperationTraits(cell -> cell.isOfJdk() ? withJdk : withOthers);
  }

  /** The same, by the cell. */
  static OperationTraits takes(ToLongFunction<Cell> nanos) {
    return new OperationTraits(nanos);
  }

  /** What differs from the suite's main operation, for people. */
  OperationTraits words(String value) {
    this.words = value;
    return this;
  }

  /** The collection it works on. */
  OperationTraits on(Dataset value) {
    this.dataset = value;
    return this;
  }

  /** Operations of one burst. Default: as many as its suite has. */
  OperationTraits burst(int value) {
    this.burst = value;
    return this;
  }

  /** What the network adds to each round trip. */
  OperationTraits roundTrip(Duration value) {
    this.roundTrip = value;
    return this;
  }

  /**
   * A server has long pauses between its calls, however often it is called: then it does not matter
   * whether another one is called more often, and a burst has one leading operation.
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
