package org.milvustls.pki;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.milvustls.MilvusTlsException;

/**
 * A user's command. It runs in {@code /bin/sh} without input; its output goes to stderr.
 *
 * @param what the hook's name in messages, such as {@code the deploy hook}
 * @param command for the shell
 * @param limit time limit; after it the command and its child processes are killed
 * @param next next step for the user after a failure
 */
public record ShellHook(String what, String command, Duration limit, String next) {
  /**
   * Runs it and waits; a failure is an error with the exit code.
   *
   * @param variables for its environment, in addition to those of this process
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
