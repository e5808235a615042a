package org.milvustls.monitor.alert;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.milvustls.monitor.MonitorFinding;
import org.milvustls.monitor.State;

/**
 * The news of one target for a channel.
 *
 * @param kind reason of the alert
 * @param target its name
 * @param state its state now
 * @param before its state in the last alert to the channel; empty: no earlier alert
 * @param since start of its current problem; for a resolved one, its start
 * @param summary one line
 * @param findings problems other than expiry
 */
public record Alert(
    Kind kind,
    String target,
    State state,
    Optional<State> before,
    Instant since,
    String summary,
    List<MonitorFinding> findings) {
  /** The reason of an alert. */
  public enum Kind {
    /** The state or the findings have changed, and there is a problem. */
    FIRING,
    /** Nothing has changed during the repeat interval. */
    REPEATED,
    /** The problem is solved, or the target is no longer watched. */
    RESOLVED,
    /** A test of the delivery. */
    TEST
  }

  public Alert {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(before, "before");
    findings = List.copyOf(findings);
  }

  /** A test alert. */
  static Alert test(Instant now) {
    return new Alert(
        Kind.TEST,
        "test",
        State.OK,
        Optional.empty(),
        now,
        "this is a test of 'milvus-tls monitor test-alert'; nothing is wrong",
        List.of());
  }

  /** Tells good news, or a test, from trouble that began or goes on. */
  public boolean isFiring() {
    return kind == Kind.FIRING || kind == Kind.REPEATED;
  }

  /** {@code WARNING certs@localhost:19530: serial ... is served}. */
  public String line() {
    return switch (kind) {
          case FIRING -> before.map(was -> was == state ? "" : was + " -> ").orElse("") + state;
          case REPEATED -> "still " + state;
          case RESOLVED -> "RESOLVED";
          case TEST -> "TEST";
        }
        + " "
        + target
        + ": "
        + summary;
  }
}
