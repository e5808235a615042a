package org.milvustls.pki;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A user's command that deploys changed files, such as a restart of Milvus, which reads its
 * certificate only at its start. The variable {@code MILVUS_TLS_CHANGED} contains the changed
 * folders, one per line, and {@code MILVUS_TLS_DIR} the certificate directory.
 *
 * @param command for the shell
 * @param limit time limit; after it the command is killed
 */
public record DeployHook(String command, Duration limit) {
  /** Runs it and waits; a failure is an error with the exit code. */
  public void run(Path directory, List<LeafEntry> changed) {
    new ShellHook(
            "the deploy hook",
            command,
            limit,
            "the deployment stays pending: mend the hook and run 'certs renew' again")
        .run(
            Map.of(
                "MILVUS_TLS_DIR",
                directory.toString(),
                "MILVUS_TLS_CHANGED",
                changed.stream()
                    .map(entry -> directory.resolve(entry.path()).toString())
                    .collect(Collectors.joining("\n"))));
  }
}
