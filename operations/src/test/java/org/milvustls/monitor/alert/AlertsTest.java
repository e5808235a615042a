package org.milvustls.monitor.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.milvustls.monitor.alert.Situations.NOW;
import static org.milvustls.monitor.alert.Situations.report;
import static org.milvustls.monitor.alert.Situations.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.MilvusTlsException;
import org.milvustls.monitor.MonitorReport;
import org.milvustls.monitor.State;
import org.milvustls.monitor.TargetStatus;

class AlertsTest {
  private static final Duration REPEAT = Duration.ofHours(24);
  private final Receiver first = new Receiver();
  private final Receiver second = new Receiver();
  private final Path file;

  AlertsTest(@TempDir Path folder) {
    this.file = folder.resolve("alerts.state");
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  /** As after a restart: only the file is remembered. */
  private List<Alerts.Outcome> tell(MonitorReport report) throws Exception {
    try (AlertMemory memory = AlertMemory.open(file)) {
      return new Alerts(
              new AlertSettings(
                  REPEAT,
                  new TreeMap<>(Map.of("first", channel(first), "second", channel(second)))),
              memory,
              new Delivery(List.of()))
          .tell(report);
    }
  }

  private static AlertChannel channel(Receiver receiver) {
    return Channels.webhook(receiver.url("/"), Duration.ofMinutes(2));
  }

  private static List<String> kinds(Receiver receiver) throws Exception {
    List<String> kinds = new ArrayList<>();
    for (Receiver.Request request : receiver.requests()) {
      JsonNode alerts = new ObjectMapper().readTree(request.body()).path("alerts");
      alerts.forEach(alert -> kinds.add(alert.path("annotations").path("kind").asText()));
    }
    return kinds;
  }

  @Test
  void a_second_monitor_does_not_get_the_file() {
    AlertMemory memory = AlertMemory.open(file);
    try (memory) {
      assertThatThrownBy(() -> AlertMemory.open(file))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageStartingWith(
              "another monitor keeps what it told in this file: '" + file + "'");
    }
    AlertMemory.open(file).close();
  }

  @Test
  void nothing_is_told_while_all_is_well() throws Exception {
    assertThat(tell(report(NOW, target("a", State.OK)))).isEmpty();
    assertThat(first.requests()).isEmpty();
  }

  @Test
  void a_change_is_told_once_across_restarts_then_again_after_the_interval_then_resolved()
      throws Exception {
    TargetStatus bad = target("a", State.WARNING, "renewed-not-served");
    tell(report(NOW, bad));
    tell(report(NOW.plus(Duration.ofHours(1)), bad));
    assertThat(kinds(first)).containsExactly("firing");
    tell(report(NOW.plus(REPEAT), bad));
    tell(report(NOW.plus(REPEAT).plusSeconds(1), bad));
    assertThat(kinds(first)).containsExactly("firing", "repeated");
    tell(report(NOW.plus(REPEAT).plusSeconds(2), target("a", State.OK)));
    tell(report(NOW.plus(REPEAT).plusSeconds(3), target("a", State.OK)));
    assertThat(kinds(first)).containsExactly("firing", "repeated", "resolved");
    assertThat(first.requests().get(2).body())
        .contains("\"startsAt\":\"2026-03-01T12:00:00Z\"")
        .contains("\"endsAt\":\"2026-03-02T12:00:02Z\"");
  }

  @Test
  void another_state_and_another_finding_are_changes() throws Exception {
    tell(report(NOW, target("a", State.WARNING)));
    tell(report(NOW.plusSeconds(1), target("a", State.CRITICAL)));
    tell(report(NOW.plusSeconds(2), target("a", State.CRITICAL, "name-mismatch")));
    assertThat(kinds(first)).containsExactly("firing", "firing", "firing");
    assertThat(first.requests().get(1).body()).contains("WARNING -> CRITICAL a: ");
  }

  @Test
  void a_channel_that_failed_is_told_later_and_the_other_not_twice() throws Exception {
    first.answering(500, "down");
    TargetStatus bad = target("a", State.EXPIRED);
    assertThat(tell(report(NOW, bad)))
        .extracting(outcome -> outcome.failure().isPresent())
        .containsExactly(true, false);
    assertThat(tell(report(NOW.plusSeconds(60), bad)))
        .extracting(Alerts.Outcome::channel)
        .containsExactly("first");
    assertThat(first.requests()).hasSize(2);
    assertThat(second.requests()).hasSize(1);
  }

  @Test
  void a_target_that_is_no_longer_watched_is_resolved() throws Exception {
    tell(report(NOW, target("a", State.CRITICAL)));
    tell(report(NOW.plusSeconds(1), target("b", State.OK)));
    assertThat(kinds(first)).containsExactly("firing", "resolved");
    assertThat(first.requests().get(1).body()).contains("is no longer watched");
  }

  @Test
  void a_thousand_bad_targets_are_one_message_with_the_worst_first() throws Exception {
    TargetStatus[] many =
        IntStream.range(0, 1000)
            .mapToObj(i -> target("t" + i, i == 700 ? State.EXPIRED : State.WARNING))
            .toArray(TargetStatus[]::new);
    tell(report(NOW, many));
    assertThat(first.requests()).hasSize(1);
    assertThat(kinds(first)).hasSize(1000);
    Message message =
        new Message(
            NOW,
            IntStream.range(0, 1000)
                .mapToObj(
                    i ->
                        new Alert(
                            Alert.Kind.FIRING,
                            "t" + i,
                            State.WARNING,
                            Optional.empty(),
                            NOW,
                            "x",
                            List.of()))
                .toList());
    assertThat(message.subject()).isEqualTo("milvus-tls: WARNING t0, and 999 more");
    assertThat(message.text()).endsWith("\nand 980 more");
    assertThat(message.text().lines()).hasSize(21);
  }

  @Test
  void what_was_told_is_for_the_owner_alone_and_damage_to_it_is_put_aside() throws Exception {
    tell(report(NOW, target("a", State.CRITICAL)));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(file.resolveSibling(""))) {
      assertThat(files).containsExactlyInAnyOrder(file, file.resolveSibling("alerts.state.lock"));
    }
    Files.writeString(file, "{ half");
    tell(report(NOW.plusSeconds(1), target("a", State.CRITICAL)));
    assertThat(kinds(first)).containsExactly("firing", "firing");
    assertThat(file.resolveSibling("alerts.state.damaged")).hasContent("{ half");
  }

  @Test
  void a_fault_of_one_channel_does_not_keep_the_others_from_being_told() throws Exception {
    AlertChannel broken =
        message -> {
          throw new IllegalStateException("s3cret");
        };
    try (AlertMemory memory = AlertMemory.open(file)) {
      AlertSettings settings =
          new AlertSettings(REPEAT, new TreeMap<>(Map.of("a", broken, "b", channel(second))));
      assertThat(
              new Alerts(settings, memory, new Delivery(List.of()))
                  .tell(report(NOW, target("t", State.CRITICAL))))
          .containsExactly(
              new Alerts.Outcome(
                  "a",
                  1,
                  Optional.of("the channel itself failed: java.lang.IllegalStateException")),
              new Alerts.Outcome("b", 1, Optional.empty()));
    }
  }
}
