package org.milvustls.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host and a port, as in {@code milvus.example.org:19530} or {@code [::1]:19530}. */
record Endpoint(String host, int port) {
  private static final Pattern FORM = Pattern.compile("(\\[[^\\[\\]]+\\]|[^:\\[\\]]+):(\\d{1,5})");
  private static final int HIGHEST_PORT = 65535;

  static Optional<Endpoint> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(matcher.group(2));
    String host = matcher.group(1).replaceAll("[\\[\\]]", "");
    return port >= 1 && port <= HIGHEST_PORT
        ? Optional.of(new Endpoint(host, port))
        : Optional.empty();
  }
}
