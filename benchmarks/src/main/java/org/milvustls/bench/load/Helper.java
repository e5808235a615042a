package org.milvustls.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.milvustls.bench.result.Json;
import org.milvustls.bench.scenario.LoadPanel;
import org.milvustls.bench.workload.WorkloadException;

/**
 * One more client process. Reads one {@link Order} per line, answers with one {@link Part} per
 * line, and ends when its input ends, so it never outlives the fork.
 */
final class Helper implements AutoCloseable {
  private static final String READY = "ready";

  private final ObjectMapper json = Json.mapper();
  private final Process process;
  private final BufferedReader from;
  private final BufferedWriter to;

  private Helper(Process process) {
    this.process = process;
    this.from = process.inputReader(UTF_8);
    this.to = process.outputWriter(UTF_8);
  }

  /** Starts a process with the flags of this one. */
  static Helper start(String specFile) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Helper.class.getName(), specFile));
    try {
      return new Helper(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start another client process", e);
    }
  }

  /** Waits until its arms are open. */
  void awaitReady() {
    if (!READY.equals(line())) {
      throw new WorkloadException("another client process did not get ready");
    }
  }

  void send(Order order) {
    try {
      to.write(json.writeValueAsString(order));
      to.newLine();
      to.flush();
    } catch (IOException e) {
      throw new WorkloadException("another client process has ended", e);
    }
  }

  Part receive() {
    try {
      return json.readValue(line(), Part.class);
    } catch (JsonProcessingException e) {
      throw new WorkloadException("another client process failed; the log of the fork says why", e);
    }
  }

  private String line() {
    try {
      String line = from.readLine();
      if (line == null) {
        throw new WorkloadException("another client process ended; the log of the fork says why");
      }
      return line;
    } catch (IOException e) {
      throw new WorkloadException("another client process cannot be read", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The process itself: {@code java org.milvustls.bench.load.Helper spec.json}. */
  public static void main(String[] args) throws IOException {
    ObjectMapper json = Json.mapper();
    PrintStream out = System.out;
    System.setOut(System.err);
    LoadSpec spec = json.readValue(Path.of(args[0]).toFile(), LoadSpec.class);
    LoadPanel alone = spec.panel().byOneProcess();
    try (Clients clients =
            new Clients(new LoadSpec(alone, spec.seed(), spec.target(), spec.sideFile()), args[0]);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      out.println(READY);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(json.writeValueAsString(clients.here(json.readValue(line, Order.class))));
      }
    }
    System.exit(0);
  }
}
