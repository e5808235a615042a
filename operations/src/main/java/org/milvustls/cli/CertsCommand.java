package org.milvustls.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands about certificates. */
@Command(
    name = "certs",
    description = "Makes, shows and renews certificates.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CertsInit.class,
      CertsIssue.class,
      CertsInspect.class,
      CertsRenew.class,
      CertsCsr.class,
      CertsImport.class,
      CertsRotateCa.class,
      CertsAcme.class
    },
    footer = "  milvus-tls certs init --host milvus.example.org --client search")
final class CertsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
