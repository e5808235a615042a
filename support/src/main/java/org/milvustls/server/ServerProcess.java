package org.milvustls.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.milvustls.MilvusTlsException;

/**
 * A process that does not outlive this JVM, even when the JVM is killed. A shell starts a watcher
 * on the reading end of a pipe from this JVM, then becomes the server. When the JVM ends, the
 * system closes the pipe and the watcher kills the server.
 */
final class ServerProcess {
  static final String WATCHED =
      """
      exec 3<&0
      (read -r line <&3; kill -9 $$) 2>/dev/null &
      exec "$@" 3<&- </dev/null
      """;

  private static final Duration KILL_LIMIT = Duration.ofSeconds(20);

  private final Process process;

  private ServerProcess(Process process) {
    this.process = process;
  }

  /** Starts it; standard output and standard error are appended to the log. */
  static ServerProcess start(
      List<String> command, Map<String, String> environment, Path folder, Path log)
      throws IOException {
    List<String> watched = new ArrayList<>(List.of("/bin/sh", "-c", WATCHED, "milvus"));
    watched.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(watched)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start());
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Exit code of an ended process; 128 + 9 when it was killed. */
  int exitCode() {
    return process.exitValue();
  }

  Optional<Duration> cpuTime() {
    return process.info().totalCpuDuration();
  }

  /** Kills it and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw MilvusTlsException.failure("the Milvus server did not end after SIGKILL; its pid is")
            .seen(pid())
            .next("look at its state with 'ps', it may wait for a disk")
            .build();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
