package org.milvustls.client;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One step of a diagnosed connection.
 *
 * @param name of the step, as people call it
 * @param state outcome
 * @param detail observation in one line
 * @param notes more facts and warnings, one line each
 * @param took duration, if it was done
 * @param remedy next step after a failure
 */
public record DiagnosedStep(
    String name,
    State state,
    String detail,
    List<String> notes,
    Optional<Duration> took,
    Optional<String> remedy) {
  /** The outcome of a step. */
  public enum State {
    /** Done. */
    OK,
    /** Failed; the connection ends here. */
    FAILED,
    /** Not reached, or not part of this connection. */
    SKIPPED
  }

  public DiagnosedStep {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(detail, "detail");
    notes = List.copyOf(notes);
    Objects.requireNonNull(took, "took");
    Objects.requireNonNull(remedy, "remedy");
  }

  static DiagnosedStep ok(String name, String detail, List<String> notes, Duration took) {
    return new DiagnosedStep(name, State.OK, detail, notes, Optional.of(took), Optional.empty());
  }

  /** A passed step; its duration may be unknown. */
  static DiagnosedStep passed(String name, String detail, Optional<Duration> took) {
    return new DiagnosedStep(name, State.OK, detail, List.of(), took, Optional.empty());
  }

  static DiagnosedStep failed(String name, String message) {
    int next = message.indexOf("\n  next: ");
    return next < 0
        ? new DiagnosedStep(
            name, State.FAILED, message, List.of(), Optional.empty(), Optional.empty())
        : new DiagnosedStep(
            name,
            State.FAILED,
            message.substring(0, next),
            List.of(),
            Optional.empty(),
            Optional.of(message.substring(next + "\n  next: ".length())));
  }

  static DiagnosedStep skipped(String name, String why) {
    return new DiagnosedStep(
        name, State.SKIPPED, why, List.of(), Optional.empty(), Optional.empty());
  }
}
