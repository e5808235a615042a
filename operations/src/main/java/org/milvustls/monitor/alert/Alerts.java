package org.milvustls.monitor.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milvustls.monitor.MonitorReport;
import org.milvustls.monitor.State;
import org.milvustls.monitor.TargetStatus;

/**
 * Sends alerts to each channel: changes since its last alert, long-lasting problems, and resolved
 * ones. An unreachable channel gets them later; the others get them once.
 */
public final class Alerts {
  private final Map<String, AlertChannel> channels;
  private final Duration repeat;
  private final AlertMemory memory;
  private final Delivery delivery;

  /**
   * Alerts of these settings.
   *
   * @param memory earlier alerts
   */
  public Alerts(AlertSettings settings, AlertMemory memory) {
    this(settings, memory, Delivery.PATIENT);
  }

  Alerts(AlertSettings settings, AlertMemory memory, Delivery delivery) {
    this.channels = settings.channels();
    this.repeat = settings.repeat();
    this.memory = memory;
    this.delivery = delivery;
  }

  /**
   * The delivery of a message on one channel.
   *
   * @param channel its name
   * @param alerts number of alerts in it
   * @param failure reason of a failure; empty: delivered
   */
  public record Outcome(String channel, int alerts, Optional<String> failure) {}

  /** Names of the channels, in the order of the file. */
  public List<String> channels() {
    return List.copyOf(channels.keySet());
  }

  /**
   * Sends the alerts of a report.
   *
   * @return one for each channel with a message
   */
  public List<Outcome> tell(MonitorReport report) throws InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    for (Map.Entry<String, AlertChannel> channel : channels.entrySet()) {
      Map<String, Told> told = memory.of(channel.getKey());
      List<Alert> alerts = alerts(report, told);
      if (!alerts.isEmpty()) {
        Optional<String> failure =
            delivery.deliver(channel.getValue(), new Message(report.at(), alerts));
        if (failure.isEmpty()) {
          remember(report, alerts, told);
          memory.save();
        }
        outcomes.add(new Outcome(channel.getKey(), alerts.size(), failure));
      }
    }
    return outcomes;
  }

  /** Sends a test on each channel, without a record. */
  public static List<Outcome> test(AlertSettings settings, Instant now)
      throws InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    Message message = new Message(now, List.of(Alert.test(now)));
    for (Map.Entry<String, AlertChannel> channel : settings.channels().entrySet()) {
      Optional<String> failure = Delivery.PATIENT.deliver(channel.getValue(), message);
      outcomes.add(new Outcome(channel.getKey(), 1, failure));
    }
    return outcomes;
  }

  private List<Alert> alerts(MonitorReport report, Map<String, Told> told) {
    Map<String, TargetStatus> targets = new HashMap<>();
    report.targets().forEach(target -> targets.put(target.target(), target));
    List<Alert> alerts = new ArrayList<>();
    targets
        .values()
        .forEach(
            target ->
                kind(target, told.get(target.target()), report.at())
                    .ifPresent(kind -> alerts.add(alert(kind, target, told, report.at()))));
    told.forEach(
        (target, last) -> {
          if (!targets.containsKey(target)) {
            alerts.add(noLongerWatched(target, last));
          }
        });
    alerts.sort(
        Comparator.comparing(Alert::state).reversed().thenComparing(alert -> alert.target()));
    return alerts;
  }

  private Optional<Alert.Kind> kind(TargetStatus target, @Nullable Told last, Instant now) {
    if (last == null) {
      return target.state() == State.OK ? Optional.empty() : Optional.of(Alert.Kind.FIRING);
    }
    if (target.state() == State.OK) {
      return Optional.of(Alert.Kind.RESOLVED);
    }
    if (!last.isStill(target)) {
      return Optional.of(Alert.Kind.FIRING);
    }
    return now.isBefore(last.at().plus(repeat))
        ? Optional.empty()
        : Optional.of(Alert.Kind.REPEATED);
  }

  private static Alert alert(
      Alert.Kind kind, TargetStatus target, Map<String, Told> told, Instant now) {
    Optional<Told> last = Optional.ofNullable(told.get(target.target()));
    return new Alert(
        kind,
        target.target(),
        target.state(),
        last.map(Told::state),
        last.map(Told::since).orElse(now),
        target.reason(),
        target.findings());
  }

  private static Alert noLongerWatched(String target, Told last) {
    return new Alert(
        Alert.Kind.RESOLVED,
        target,
        State.OK,
        Optional.of(last.state()),
        last.since(),
        "is no longer watched",
        List.of());
  }

  private static void remember(MonitorReport report, List<Alert> alerts, Map<String, Told> told) {
    Map<String, TargetStatus> targets = new HashMap<>();
    report.targets().forEach(target -> targets.put(target.target(), target));
    for (Alert alert : alerts) {
      TargetStatus status = targets.get(alert.target());
      if (status == null || alert.kind() == Alert.Kind.RESOLVED) {
        told.remove(alert.target());
      } else {
        told.put(alert.target(), Told.now(status, alert.since(), report.at()));
      }
    }
  }
}
