package org.milvustls.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.milvustls.tls.TlsMode;

/** Finds the few lines in a log of Milvus that show why it ended. */
final class ServerLog {
  private static final int MOST_LINES = 6;
  private static final Pattern TELLING =
      Pattern.compile("\\[(WARN|ERROR|FATAL)].*proxy/service\\.go");

  private ServerLog() {}

  /**
   * The first {@code panic:} line, and warnings and errors of the file that sets up the listeners
   * ({@code proxy/service.go}), in the order of the log. When there are none, the last lines.
   */
  static List<String> tellingLines(List<String> log) {
    List<String> telling = new ArrayList<>();
    boolean panicSeen = false;
    for (String line : log) {
      boolean panic = line.startsWith("panic:");
      boolean fatal = line.startsWith("fatal error:") || line.contains("[FATAL]");
      if ((panic && !panicSeen) || fatal || TELLING.matcher(line).find()) {
        telling.add(line);
      }
      panicSeen |= panic;
    }
    return telling.isEmpty() ? last(log, MOST_LINES) : last(telling, MOST_LINES);
  }

  /** The next step for a server that did not become ready. */
  static String nextStep(List<String> log, TlsMode mode) {
    boolean full =
        log.stream()
            .anyMatch(
                line ->
                    line.contains("no space left on device")
                        || line.contains("failed to create WAL"));
    if (full) {
      return "free some space where its data is, 500 MB at least";
    }
    return mode.isEncrypted()
        ? "see that the certificate files are readable and belong together"
        : "see that the machine has memory, and that no other program uses its ports";
  }

  /** Whether the server ended because a port was in use. */
  static boolean tellsOfTakenPort(List<String> log) {
    return log.stream().anyMatch(line -> line.contains("address already in use"));
  }

  /** All lines; none when there is no file yet. */
  static List<String> read(Path file) {
    try {
      // A line cut inside a character must not hide the others.
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> last(List<String> lines, int count) {
    return List.copyOf(lines.subList(Math.max(0, lines.size() - count), lines.size()));
  }
}
