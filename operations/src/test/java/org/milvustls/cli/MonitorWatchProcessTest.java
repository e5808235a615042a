package org.milvustls.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.monitor.Peers;
import org.milvustls.monitor.alert.Receiver;

/** {@code monitor watch} in a process of its own, as systemd runs it: signals, state, restarts. */
class MonitorWatchProcessTest {
  private static final long LIMIT_SECONDS = 300;
  private static final int HANG_UP = 1;
  private static final int INTERRUPT = 2;

  /** What a process returns that this signal has ended. */
  private static final int ENDED_BY_INTERRUPT = 130;

  private static final int ENDED_BY_TERMINATION = 143;
  private static final int UNKNOWN = 3;

  private final Receiver receiver = new Receiver();
  private final List<Watching> started = new ArrayList<>();
  private final Path folder;
  private final Path list;
  private final Path state;

  MonitorWatchProcessTest(@TempDir Path folder) {
    this.folder = folder;
    this.list = folder.resolve("targets.yaml");
    this.state = folder.resolve("alerts.state");
  }

  @BeforeEach
  void write() throws IOException {
    Files.writeString(list, "targets: [{path: missing.pem}]");
    Files.writeString(
        folder.resolve("alerts.yaml"),
        "channels: [{type: webhook, url: '" + receiver.url("/") + "'}]");
  }

  @AfterEach
  void stop() {
    started.forEach(Watching::kill);
    receiver.close();
  }

  @Test
  void reloads_on_hang_up_ends_on_interrupt_and_tells_nobody_twice() throws Exception {
    assumeTrue(
        (ignoredSignals() & (1 << (HANG_UP - 1) | 1 << (INTERRUPT - 1))) == 0,
        "SIGHUP or SIGINT does not reach the children of this JVM: nohup or '&' prevents it");
    Watching first = watch();
    first.await("alerts delivered by webhook: 1");

    Watching second = watch();
    assertThat(second.end()).isEqualTo(UNKNOWN);
    second.await("another monitor keeps what it told in this file: '" + state + "'");

    first.signal("HUP");
    first.await("the targets were read again: 1 of them");
    Files.writeString(list, "targets: []");
    first.signal("HUP");
    first.await("the new targets are broken, the 1 before are kept: " + list);

    first.signal("INT");
    assertThat(first.end()).isEqualTo(ENDED_BY_INTERRUPT);
    first.requireClean();
    requireWholeState();

    Files.writeString(list, "targets: [{path: missing.pem}, {path: lost.pem}]");
    Watching after = watch();
    after.await("alerts delivered by webhook: 1");
    after.signal("TERM");
    assertThat(after.end()).isEqualTo(ENDED_BY_TERMINATION);
    after.requireClean();
    assertThat(receiver.requests()).hasSize(2);
    assertThat(receiver.requests().get(0).body()).contains("missing.pem");
    assertThat(receiver.requests().get(1).body()).contains("lost.pem").doesNotContain("missing");
    requireWholeState();
  }

  @Test
  void a_check_that_hangs_does_not_hold_up_the_end() throws Exception {
    try (Peers peers = new Peers();
        ServerSocket silent = peers.silent()) {
      Files.writeString(list, "targets: [{endpoint: 'localhost:" + silent.getLocalPort() + "'}]");
      Watching watching = watch("--limit", "600");
      watching.await("metrics: http://127.0.0.1:");
      watching.signal("TERM");
      assertThat(watching.end()).isEqualTo(ENDED_BY_TERMINATION);
      watching.requireClean();
      assertThat(receiver.requests()).as("an ended check tells nobody").isEmpty();
      requireWholeState();
    }
  }

  private Watching watch(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MilvusTls.class.getName(),
                "monitor",
                "watch",
                "--targets",
                list.toString(),
                "--alerts",
                folder.resolve("alerts.yaml").toString(),
                "--state",
                state.toString(),
                "--listen",
                "127.0.0.1:" + Peers.closedPort()));
    command.addAll(List.of(more));
    Watching watching = new Watching(new ProcessBuilder(command).redirectErrorStream(true).start());
    started.add(watching);
    return watching;
  }

  private void requireWholeState() throws IOException {
    assertThat(new ObjectMapper().readTree(Files.readString(state)).isObject()).isTrue();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "targets.yaml", "alerts.yaml", "alerts.state", "alerts.state.lock");
    }
  }

  /** A mask, of Linux only: elsewhere nothing is known to be ignored. */
  private static long ignoredSignals() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .findFirst()
          .orElse(0);
    }
  }

  /** A process and what it says. */
  private static final class Watching {
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();

    Watching(Process process) {
      this.process = process;
      Thread reader = new Thread(this::read, "reads-watch");
      reader.setDaemon(true);
      reader.start();
    }

    private void read() {
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        out.lines().forEach(lines::add);
      } catch (IOException | UncheckedIOException e) {
        // It was killed.
      }
    }

    /** Waits for the next line with this text. */
    void await(String text) throws InterruptedException {
      String line = "";
      while (!line.contains(text)) {
        line = lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertThat(line).as("'%s' after %s", text, seen).isNotNull();
        seen.add(line);
      }
    }

    void signal(String name) throws Exception {
      // By the shell itself: slim images lack the program kill.
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).inheritIO().start();
      assertThat(kill.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("sent SIG" + name).isTrue();
    }

    int end() throws InterruptedException {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended, " + seen).isTrue();
      return process.exitValue();
    }

    void requireClean() {
      lines.drainTo(seen);
      assertThat(seen).noneMatch(line -> line.contains("Exception") || line.startsWith("\tat "));
    }

    void kill() {
      process.destroyForcibly();
    }
  }
}
