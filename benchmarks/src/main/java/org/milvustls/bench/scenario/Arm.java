package org.milvustls.bench.scenario;

import java.util.Objects;

/**
 * A cell in the forks of a panel.
 *
 * @param cell the measured cell
 * @param kind why it takes part
 * @param plantedNanos busy wait after each operation, in ns: counted in the positive control, not
 *     counted in the arm that it is compared with; 0 in all others
 * @param apart whether a control has a server of its own, because its baseline is compared with
 *     cells on other servers; a plaintext control always has one
 */
public record Arm(Cell cell, Kind kind, long plantedNanos, boolean apart) {

  /** The reason for an arm. */
  public enum Kind {
    /** Baseline or compared cell of one comparison or more. */
    MEASURED,
    /** A baseline once more: the A/A control. */
    CONTROL,
    /** A baseline with a known delay: the positive control. */
    PLANTED,
    /**
     * A baseline with the same pause after each operation, which it does not count. The positive
     * control is compared with it. A pause also slows the next call, because event loops and
     * servers sleep and must wake up; this arm cancels that effect.
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

  /** The arm with the same operations and pauses that does not count the pauses. */
  public Arm paused() {
    return new Arm(cell, Kind.PAUSED, plantedNanos, false);
  }

  /** Time added to that of each operation, in ns. */
  public long countedNanos() {
    return kind == Kind.PLANTED ? plantedNanos : 0;
  }

  /** The cell's name, followed by {@code #} and the kind unless it is a measured arm. */
  public String name() {
    return switch (kind) {
      case MEASURED -> cell.name();
      case CONTROL -> cell.name() + "#control";
      case PLANTED -> cell.name() + "#planted";
      case PAUSED -> cell.name() + "#paused";
    };
  }

  /**
   * The {@link ServerRole#id()} of the server that this arm connects to; without meaning in memory.
   */
  public String serverRole() {
    ServerRole first = ServerRole.of(cell);
    return (apart ? first.asSecond() : first).id();
  }

  @Override
  public String toString() {
    return name();
  }
}
