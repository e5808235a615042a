package org.milvustls.monitor.alert;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All alerts of one check for a channel: one message, so that a bad day with many targets is no
 * flood.
 *
 * @param at when the targets were checked
 * @param alerts at least one, worst first
 */
public record Message(Instant at, List<Alert> alerts) {
  private static final int MOST_LINES = 20;

  /** Length limit of long findings, such as a chain in words. */
  private static final int LONGEST_LINE = 500;

  public Message {
    alerts = List.copyOf(alerts);
    if (alerts.isEmpty()) {
      throw new IllegalArgumentException("a message has at least one alert");
    }
  }

  /** {@code milvus-tls: WARNING certs, and 2 more}. */
  public String subject() {
    Alert first = alerts.get(0);
    String what =
        first.kind() == Alert.Kind.RESOLVED || first.kind() == Alert.Kind.TEST
            ? first.kind().name()
            : first.state().name();
    String more = alerts.size() == 1 ? "" : ", and " + (alerts.size() - 1) + " more";
    return oneLine("milvus-tls: " + what + " " + first.target() + more);
  }

  /** One line for each alert, the first twenty. */
  public String text() {
    String lines =
        alerts.stream()
            .limit(MOST_LINES)
            .map(alert -> oneLine(alert.line()))
            .collect(Collectors.joining("\n"));
    return alerts.size() <= MOST_LINES
        ? lines
        : lines + "\nand " + (alerts.size() - MOST_LINES) + " more";
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\s*\\R\\s*", "; ");
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...";
  }
}
