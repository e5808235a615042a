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
 * @param kind why it is told
 * @param target its name
 * @param state how it is now
 * @param before how it was when the channel was told last; empty: it was told nothing
 * @param since when its present trouble was first seen; of a resolved one, when it had begun
 * @param summary one line
 * @param findings what is wrong apart from expiry
 */
public record Alert(
    Kind kind,
    String target,
    State state,
    Optional<State> before,
    Instant since,
    String summary,
    List<MonitorFinding> findings) {
  /** Why a channel is told. */
  public enum Kind {
    /** The state or the findings have changed, and all is not well. */
    FIRING,
    /** Nothing has changed, for so long that it is said again. */
    REPEATED,
    /** All is well again, or the target is no longer watched. */
    RESOLVED,
    /** Somebody wants to see that messages arrive. */
    TEST
  }

  public Alert {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(before, "before");
    findings = List.copyOf(findings);
  }

  /** A message that says that it is a test. */
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
