package org.milvustls.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.InitRequest;
import org.milvustls.pki.InitResult;
import org.milvustls.pki.LeafRole;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code certs init}: the CAs and the first leaves. */
@Command(
    name = "init",
    description = {
      "Makes a root and an intermediate CA for servers and another for clients, a server"
          + " certificate, and a certificate for each client.",
      "Safe to run again: reports what is there and overwrites nothing."
    },
    footer = {"  milvus-tls certs init --host milvus.example.org --host 10.0.0.7 --client search"})
final class CertsInit implements Callable<Integer> {
  @Mixin private LeafOptions.Directory directory = new LeafOptions.Directory();
  @Mixin private LeafOptions leaf = new LeafOptions();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description =
          "A name or address under which clients reach the server; repeat it for more. Default:"
              + " localhost, 127.0.0.1 and ::1.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--client",
      paramLabel = "NAME",
      description = "A client to issue a certificate for (mutual TLS); repeat it for more.")
  private List<String> clients = new ArrayList<>();

  @Option(
      names = "--permit",
      paramLabel = "SCOPE",
      description =
          "Limit the server CA to these names: a DNS name with all below it, or a range such as"
              + " 10.0.0.0/8; repeat it for more (name constraints).")
  private List<String> permitted = new ArrayList<>();

  @Option(names = "--json", description = "Report as JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    InitRequest.Builder request =
        InitRequest.builder()
            .keyType(leaf.keyType())
            .leafLifetime(leaf.lifetime())
            .storage(leaf.storage());
    hosts.forEach(request::host);
    clients.forEach(request::client);
    permitted.forEach(request::permitted);
    CertificateDirectory certificates = directory.open();
    InitResult result = certificates.init(request.build());
    PrintWriter out = spec.commandLine().getOut();
    LeafReport report = new LeafReport(certificates);
    if (json) {
      out.println(report.json(result.created(), result.leaves()));
    } else {
      print(out, report, result);
    }
    out.flush();
    return ExitCodes.OK;
  }

  private static void print(PrintWriter out, LeafReport report, InitResult result) {
    out.println(
        result.created()
            ? "Made " + result.directory()
            : "Already there, nothing was changed: " + result.directory());
    out.print(report.text(result.leaves()));
    out.println("Clients trust " + result.directory().resolve("ca.pem"));
    out.println();
    out.println("Next, for a Milvus to develop with, or for the settings of your own:");
    boolean clients = result.leaves().stream().anyMatch(leaf -> leaf.role() == LeafRole.CLIENT);
    NextCommands.afterInit(result.directory(), clients)
        .forEach(command -> out.println("  " + command));
  }
}
