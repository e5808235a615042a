package org.milvustls.bench.workload;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A child JVM with the class path of this one. Closing ends it at the latest. */
final class JavaChild implements AutoCloseable {
  private static final int LIMIT_SECONDS = 60;

  private final Process process;
  private final BufferedReader out;
  private final String name;

  private JavaChild(Process process, String name) {
    this.process = process;
    this.name = name;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a main class; its errors go to the log of this JVM. */
  static JavaChild start(Class<?> main, List<String> flags, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath(), main.getName()));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return new JavaChild(process, main.getSimpleName());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a JVM", e);
    }
  }

  /** Entries of the class path as absolute paths. */
  private static String classPath() {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  /** The next line of its output. The child ends by itself or prints within its own time limits. */
  String line() {
    try {
      String line = out.readLine();
      if (line == null) {
        throw new WorkloadException(name + " ended before it answered; see the log of the fork");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read from " + name, e);
    }
  }

  /** Waits until it has ended by itself. */
  void awaitEnd() {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new WorkloadException(name + " did not end well; see the log of the fork");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkloadException("interrupted while waiting for " + name, e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
