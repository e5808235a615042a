package org.milvustls.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.milvustls.client.ConnectionDiagnosis;
import org.milvustls.client.ConnectionSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code connect}: connects to Milvus step by step. */
@Command(
    name = "connect",
    description = {
      "Connects to Milvus step by step; says what protects the connection, or at which step and why"
          + " it fails. Exit code 1 when it fails."
    },
    footer = "  milvus-tls connect --host milvus.example.org --ca certs/ca.pem")
final class ConnectCommand implements Callable<Integer> {
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--json", description = "Report as JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ConnectionSettings settings = connection.settings();
    ConnectionDiagnosis diagnosis = ConnectionDiagnosis.of(settings);
    DiagnosisReport report = new DiagnosisReport(diagnosis);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? report.json() : report.text());
    out.flush();
    return diagnosis.isConnected() ? ExitCodes.OK : ExitCodes.NO;
  }
}
