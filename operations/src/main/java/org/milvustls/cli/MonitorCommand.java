package org.milvustls.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code monitor}: the commands that watch validity. */
@Command(
    name = "monitor",
    description = "Watches the validity of certificates in files and on servers.",
    subcommands = {MonitorCheck.class, MonitorWatch.class, MonitorTestAlert.class},
    footer = "  milvus-tls monitor check certs@localhost:19530")
final class MonitorCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
