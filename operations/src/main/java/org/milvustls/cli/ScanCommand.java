package org.milvustls.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.PemFiles;
import org.milvustls.scan.Grade;
import org.milvustls.scan.ScanReport;
import org.milvustls.scan.ScanTarget;
import org.milvustls.scan.TlsScanner;
import org.milvustls.tls.Identity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scan}: shows the parameters that a listener accepts. */
@Command(
    name = "scan",
    description = {
      "Finds out which TLS versions, cipher suites, groups and signature schemes a listener really"
          + " accepts, whether it resumes sessions and demands client certificates, and grades it"
          + " against "
          + Grade.GUIDELINES
          + ". Makes about a hundred short connections, one after"
          + " the other. Exit code 1 with findings."
    },
    footer = "  milvus-tls scan milvus.example.org:19530 --ca certs/ca.pem")
final class ScanCommand implements Callable<Integer> {
  @Parameters(paramLabel = "HOST:PORT", description = "The listener; of Milvus its gRPC port.")
  private String target = "";

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      defaultValue = "${env:MILVUS_CA}",
      description = "PEM file with the trust anchors that the chain shall lead to. MILVUS_CA.")
  private @Nullable Path ca;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      defaultValue = "${env:MILVUS_CLIENT_CERT}",
      description = "Client certificate to show when asked, leaf first. MILVUS_CLIENT_CERT.")
  private @Nullable Path certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      defaultValue = "${env:MILVUS_CLIENT_KEY}",
      description = "The client certificate's key. MILVUS_CLIENT_KEY.")
  private @Nullable Path key;

  @Option(
      names = "--server-name",
      paramLabel = "NAME",
      defaultValue = "${env:MILVUS_SERVER_NAME}",
      description = "The name that clients know the server by. MILVUS_SERVER_NAME; default: HOST.")
  private @Nullable String serverName;

  @Option(names = "--json", description = "Report as JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ScanReport report = new TlsScanner(Clock.systemUTC()).scan(target());
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? ScanText.json(report) : ScanText.text(report));
    out.flush();
    return report.findings().isEmpty() ? ExitCodes.OK : ExitCodes.NO;
  }

  private ScanTarget target() {
    Endpoint endpoint =
        Endpoint.parse(target)
            .orElseThrow(
                () ->
                    MilvusTlsException.usage("not a listener")
                        .seen(target)
                        .allowed("HOST:PORT, such as milvus.example.org:19530")
                        .build());
    ScanTarget named = ScanTarget.of(endpoint.host(), endpoint.port());
    if (serverName != null) {
      named = named.knownAs(serverName);
    }
    if (ca != null) {
      named = named.trusting(PemFiles.certificates(ca));
    }
    if ((certificate == null) != (key == null)) {
      throw MilvusTlsException.usage(
              "a client certificate needs its key, and a key its certificate")
          .next("give both --cert and --key")
          .build();
    }
    return certificate == null || key == null
        ? named
        : named.showing(Identity.pem(certificate, key));
  }
}
