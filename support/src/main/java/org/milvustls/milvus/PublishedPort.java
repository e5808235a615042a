package org.milvustls.milvus;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port or a range of ports that a container shows to the outside, in the short form of Compose:
 * {@code [[IP:]PORT:]CONTAINER[/PROTOCOL]}.
 *
 * @param address of the machine that it is bound to; empty: every one
 * @param first port inside the container
 * @param last port inside the container, the first one again unless it is a range
 */
record PublishedPort(String address, int first, int last) {
  private static final Pattern SHORT =
      Pattern.compile("(?:(?<ip>.+):(?=[0-9-]*:))?(?:[0-9-]*:)?(?<from>[0-9]+)(?:-(?<to>[0-9]+))?");

  /** Reads the short form; empty when it is none. */
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

  /** Whether only this machine reaches it. */
  boolean isLoopback() {
    String ip = address.toLowerCase(Locale.ROOT);
    return ip.startsWith("127.") || ip.equals("::1") || ip.equals("localhost");
  }
}
