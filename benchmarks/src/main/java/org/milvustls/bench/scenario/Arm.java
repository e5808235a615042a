package org.milvustls.bench.scenario;

import java.util.Objects;

/**
 * A cell as it takes part in the forks of a panel.
 *
 * @param cell what is done
 * @param kind why it takes part
 * @param plantedNanos busy wait after each operation, in ns: counted in the positive control, not
 *     in the arm that it is held against; 0 in all others
 * @param apart whether a control has a server of its own: where its baseline is compared with cells
 *     on other servers. A plaintext control always has
 */
public record Arm(Cell cell, Kind kind, long plantedNanos, boolean apart) {

  /** Why an arm takes part. */
  public enum Kind {
    /** Baseline or compared cell of one comparison or more. */
    MEASURED,
    /** A baseline once more: the A/A control. */
    CONTROL,
    /** A baseline with a known delay: the positive control. */
    PLANTED,
    /**
     * A baseline that pauses as long after each operation and does not count it: what the positive
     * control is held against. Without it the control would also hold what a pause costs the next
     * call: event loops and servers that sleep have to be woken.
     */
    PAUSED
  }

  public Arm {
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(kind, "kind");
    if ((kind == Kind.PLANTED || kind == Kind.PAUSED) != (plantedNanos > 0)) {
      throw new IllegalArgumentException(kind + " with a delay of " + plantedNanos + " ns");
    }
    apart = kind == Kind.CONTROL && (apart || !cell.mode().isEncrypted());
  }

  public static Arm measured(Cell cell) {
    return new Arm(cell, Kind.MEASURED, 0, false);
  }

  public static Arm control(Cell cell) {
    return new Arm(cell, Kind.CONTROL, 0, false);
  }

  /** A control on a server of its own. */
  static Arm controlApart(Cell cell) {
    return new Arm(cell, Kind.CONTROL, 0, true);
  }

  public static Arm planted(Cell cell, long nanos) {
    return new Arm(cell, Kind.PLANTED, nanos, false);
  }

  /** The same operations with the same pauses, which this one does not count. */
  public Arm paused() {
    return new Arm(cell, Kind.PAUSED, plantedNanos, false);
  }

  /** What is added to the time of each operation, in ns. */
  public long countedNanos() {
    return kind == Kind.PLANTED ? plantedNanos : 0;
  }

  /** The cell's name, with {@code #} and the kind behind it where it is no measured one. */
  public String name() {
    return switch (kind) {
      case MEASURED -> cell.name();
      case CONTROL -> cell.name() + "#control";
      case PLANTED -> cell.name() + "#planted";
      case PAUSED -> cell.name() + "#paused";
    };
  }

  /** The {@link ServerRole#id()} of the server that this arm talks to; of no meaning in memory. */
  public String serverRole() {
    ServerRole first = ServerRole.of(cell);
    return (apart ? first.asSecond() : first).id();
  }

  @Override
  public String toString() {
    return name();
  }
}
