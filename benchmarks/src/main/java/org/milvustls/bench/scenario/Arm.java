package org.milvustls.bench.scenario;

import java.util.Objects;
import org.milvustls.tls.TlsMode;

/**
 * A cell as it takes part in the forks of a panel.
 *
 * @param cell what is done
 * @param kind why it takes part
 * @param plantedNanos delay added to each operation by a busy wait, in ns; 0 but for the positive
 *     control
 */
public record Arm(Cell cell, Kind kind, long plantedNanos) {

  private static final String CONTROL_SERVER = "-control";

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
  }

  public static Arm measured(Cell cell) {
    return new Arm(cell, Kind.MEASURED, 0);
  }

  public static Arm control(Cell cell) {
    return new Arm(cell, Kind.CONTROL, 0);
  }

  public static Arm planted(Cell cell, long nanos) {
    return new Arm(cell, Kind.PLANTED, nanos);
  }

  /** The cell's name, with {@code #control} or {@code #planted} behind it where it is one. */
  public String name() {
    return switch (kind) {
      case MEASURED -> cell.name();
      case CONTROL -> cell.name() + "#control";
      case PLANTED -> cell.name() + "#planted";
    };
  }

  /**
   * The server that this arm talks to. A plaintext control has a server of its own, because two
   * servers of one mode have been seen to differ by as much as TLS costs; a control with TLS shares
   * the server of its baseline.
   */
  public String serverRole() {
    return kind == Kind.CONTROL && !cell.mode().isEncrypted()
        ? cell.mode().id() + CONTROL_SERVER
        : cell.mode().id();
  }

  /** The mode of the server in a {@link #serverRole()}. */
  public static TlsMode modeOf(String serverRole) {
    return TlsMode.of(
        serverRole.endsWith(CONTROL_SERVER)
            ? serverRole.substring(0, serverRole.length() - CONTROL_SERVER.length())
            : serverRole);
  }

  @Override
  public String toString() {
    return name();
  }
}
