package org.milvustls.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands about the configuration of the server. */
@Command(
    name = "config",
    description = "Writes and checks the TLS settings of a Milvus server.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ConfigRenderCommand.class, ConfigCheckCommand.class},
    footer = "  milvus-tls config check milvus.yaml --milvus 2.6")
final class ConfigCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
