package org.milvustls.monitor.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.milvustls.monitor.MonitorFinding;
import org.milvustls.monitor.MonitorReport;
import org.milvustls.monitor.State;
import org.milvustls.monitor.TargetStatus;

/** Reports and messages for tests. */
final class Situations {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private Situations() {}

  static TargetStatus target(String name, State state, String... findings) {
    return new TargetStatus(
        name,
        state,
        List.of(),
        List.of(findings).stream()
            .map(id -> new MonitorFinding(id, state, "detail of " + id))
            .toList());
  }

  static MonitorReport report(Instant at, TargetStatus... targets) {
    return new MonitorReport(at, List.of(targets));
  }

  static Message message() {
    return new Message(
        NOW,
        List.of(
            new Alert(
                Alert.Kind.FIRING,
                "certs@localhost:19530",
                State.WARNING,
                Optional.of(State.OK),
                NOW,
                "serial 1 is in <certs>, but serial 2 is served: 测试",
                List.of(
                    new MonitorFinding("renewed-not-served", State.WARNING, "restart Milvus")))));
  }
}
