package org.milvustls.bench.scenario;

import java.util.Objects;

/**
 * A cell as it takes part in the forks of a panel.
 *
 * @param cell what is done
 * @param kind why it takes part
 * @param plantedNanos delay added to each operation by a busy wait, in ns; 0 but for the positive
 *     control
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
    PLANTED
  }

  public Arm {
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(kind, "kind");
    if ((kind == Kind.PLANTED) != (plantedNanos > 0)) {
      throw new IllegalArgumentException(kind + " with a delay of " + plantedNanos + " ns");
    }
    // Plans of runs before servers differed in more than their mode do not say it.
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

  /** The cell's name, with {@code #control} or {@code #planted} behind it where it is one. */
  public String name() {
    return switch (kind) {
      case MEASURED -> cell.name();
      case CONTROL -> cell.name() + "#control";
      case PLANTED -> cell.name() + "#planted";
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
