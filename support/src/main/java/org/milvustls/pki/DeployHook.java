package org.milvustls.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.milvustls.MilvusTlsException;

/**
 * A command of the user's that puts changed files in force, such as a restart of Milvus, which
 * reads its certificate only at its start. It runs in {@code /bin/sh}; its output goes to stderr.
 * The variable {@code MILVUS_TLS_CHANGED} names the changed folders, one a line, and {@code
 * MILVUS_TLS_DIR} the certificate directory.
 *
 * @param command for the shell
 * @param limit how long it may take; then it is ended
 */
public record DeployHook(String command, Duration limit) {
  /** Runs it and waits; a failure is an error that carries the exit code. */
  public void run(Path directory, List<LeafEntry> changed) {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", "exec 1>&2 </dev/null\n" + command).inheritIO();
    builder.environment().put("MILVUS_TLS_DIR", directory.toString());
    builder
        .environment()
        .put(
            "MILVUS_TLS_CHANGED",
            changed.stream()
                .map(entry -> directory.resolve(entry.path()).toString())
                .collect(Collectors.joining("\n")));
    try {
      Process process = builder.start();
      try {
        await(process);
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw failure("the deploy hook could not be started").cause(e).build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted while the deploy hook ran").cause(e).build();
    }
  }

  private void await(Process process) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw failure("the deploy hook did not end within " + limit.toSeconds() + " s").build();
    }
    if (process.exitValue() != 0) {
      throw failure("the deploy hook failed with exit code " + process.exitValue()).build();
    }
  }

  private MilvusTlsException.Builder failure(String what) {
    return MilvusTlsException.failure(what)
        .seen(command)
        .next("the deployment stays pending: mend the hook and run 'certs renew' again");
  }
}
