package org.milvustls.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.milvustls.MilvusTlsException;

/**
 * A completed command.
 *
 * @param exitCode 0 for success
 * @param output standard output and standard error, line by line
 */
record CommandRun(int exitCode, List<String> output) {
  CommandRun {
    output = List.copyOf(output);
  }

  boolean succeeded() {
    return exitCode == 0;
  }

  /** The last line that is not blank. */
  String lastLine() {
    return output.stream()
        .filter(line -> !line.isBlank())
        .reduce((first, second) -> second)
        .orElse("no output, exit code " + exitCode);
  }

  /**
   * Runs a command without input and waits for its end, up to the limit.
   *
   * @throws IOException when there is no such command
   * @throws MilvusTlsException when the limit passed; the command is killed then
   */
  static CommandRun of(List<String> command, Duration limit) throws IOException {
    Path output = Files.createTempFile("milvus-tls-", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          throw MilvusTlsException.failure(
                  "a command did not end within " + limit.toSeconds() + " s")
              .seen(String.join(" ", command))
              .build();
        }
        byte[] bytes = Files.readAllBytes(output);
        return new CommandRun(
            process.exitValue(), new String(bytes, StandardCharsets.UTF_8).lines().toList());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw MilvusTlsException.failure("interrupted while a command ran")
            .seen(command.get(0))
            .cause(e)
            .build();
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
