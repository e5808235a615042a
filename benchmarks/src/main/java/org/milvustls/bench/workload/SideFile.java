package org.milvustls.bench.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milvustls.bench.result.Json;

/**
 * The output file of a fork: one JSON line for each cycle, then one with the key {@code complete}
 * or {@code failed}. Without a {@code complete} line the fork failed, whatever JMH printed. A fork
 * that threw an exception has left a clean-looking JMH result.
 */
public final class SideFile {
  private static final String COMPLETE = "complete";
  private static final String FAILED = "failed";

  private final Path file;
  private final ObjectMapper json = Json.mapper();

  private SideFile(Path file) {
    this.file = file;
  }

  /** Creates an empty file. */
  public static SideFile create(Path file) {
    try {
      Files.write(file, new byte[0]);
      return new SideFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  void cycle(int number, Map<String, Long> medians) {
    append(Map.of("cycle", number, "medians", medians));
  }

  /** Writes the marker with the result. */
  public void complete(ForkResult result) {
    append(Map.of(COMPLETE, result));
  }

  /** Writes why there is no result. */
  public void failed(Throwable cause) {
    append(Map.of(FAILED, explain(cause)));
  }

  /**
   * The messages of the exception and its causes, each once. Types and stack go to the fork's log.
   */
  static String explain(Throwable cause) {
    StringBuilder text = new StringBuilder();
    for (Throwable t = cause; t != null && text.length() < 2000; t = t.getCause()) {
      String words = words(t);
      if (text.indexOf(words) < 0) {
        text.append(text.isEmpty() ? "" : "; because: ").append(words);
      }
    }
    return text.toString();
  }

  private static String words(Throwable t) {
    String message = t.getMessage();
    if (message == null || message.isBlank()) {
      return "an error without a message (" + t.getClass().getSimpleName() + ")";
    }
    Throwable cause = t.getCause();
    return cause != null && message.equals(cause.toString()) ? words(cause) : message;
  }

  private void append(Object line) {
    try {
      Files.writeString(
          file, json.writeValueAsString(line) + "\n", UTF_8, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /**
   * The outcome of a fork.
   *
   * @param result present when the fork succeeded
   * @param failure the reason for a failure, when the fork wrote one
   */
  public record Outcome(Optional<ForkResult> result, Optional<String> failure) {}

  /**
   * Reads the last line of a side file; a file that is missing, empty or cut has neither result nor
   * failure.
   */
  public static Outcome read(Path file) {
    try {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (lines.isEmpty()) {
        return new Outcome(Optional.empty(), Optional.empty());
      }
      ObjectMapper json = Json.mapper();
      JsonNode last = json.readTree(lines.get(lines.size() - 1));
      if (last.has(COMPLETE)) {
        return new Outcome(
            Optional.of(json.treeToValue(last.get(COMPLETE), ForkResult.class)), Optional.empty());
      }
      return new Outcome(
          Optional.empty(), Optional.ofNullable(last.get(FAILED)).map(JsonNode::asText));
    } catch (IOException e) {
      return new Outcome(Optional.empty(), Optional.of("its side file ends in a cut line"));
    }
  }
}
