package org.milvustls.milvus;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A published port or range of ports of a container, in the short form of Compose: {@code
 * [[IP:]PORT:]CONTAINER[/PROTOCOL]}.
 *
 * @param address bind address on the machine; empty: all
 * @param first port inside the container
 * @param last port inside the container; equal to the first unless it is a range
 */
record PublishedPort(String address, int first, int last) {
  private static final Pattern SHORT =
      Pattern.compile("(?:(?<ip>.+):(?=[0-9-]*:))?(?:[0-9-]*:)?(?<from>[0-9]+)(?:-(?<to>[0-9]+))?");

  /** Parses the short form; empty for other text. */
  static Optional<PublishedPort> of(String text) {
    Matcher matcher = SHORT.matcher(text.strip().replaceFirst("/(tcp|udp)$", ""));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String from = matcher.group("from");
    String to = Optional.ofNullable(matcher.group("to")).orElse(from);
    String address = Optional.ofNullable(matcher.group("ip")).orElse("");
    return from.length() > 5 || to.length() > 5
        ? Optional.empty()
        : Optional.of(
            new PublishedPort(
                address.replaceAll("[\\[\\]]", ""), Integer.parseInt(from), Integer.parseInt(to)));
  }

  boolean isOf(int port) {
    return first <= port && port <= last;
  }

  /** Whether only this machine can reach it. */
  boolean isLoopback() {
    String ip = address.toLowerCase(Locale.ROOT);
    return ip.startsWith("127.") || ip.equals("::1") || ip.equals("localhost");
  }
}
