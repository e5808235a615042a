package org.milvustls.pki;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.milvustls.MilvusTlsException;

/**
 * A command of the user's. It runs in {@code /bin/sh} without input; its output goes to stderr.
 *
 * @param what the hook's name in messages, such as {@code the deploy hook}
 * @param command for the shell
 * @param limit how long it may take; then it is ended, with the processes it started
 * @param next what the user can do when it fails
 */
public record ShellHook(String what, String command, Duration limit, String next) {
  /**
   * Runs it and waits; a failure is an error that carries the exit code.
   *
   * @param variables for its environment, besides what this process has
   */
  public void run(Map<String, String> variables) {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", "exec 1>&2 </dev/null\n" + command).inheritIO();
    builder.environment().putAll(variables);
    try {
      Process process = builder.start();
      try {
        await(process);
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw failure(" could not be started").cause(e).build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(" was interrupted").cause(e).build();
    }
  }

  private void await(Process process) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw failure(" did not end within " + limit.toSeconds() + " s").build();
    }
    if (process.exitValue() != 0) {
      throw failure(" failed with exit code " + process.exitValue()).build();
    }
  }

  private MilvusTlsException.Builder failure(String how) {
    return MilvusTlsException.failure(what + how).seen(command).next(next);
  }
}
