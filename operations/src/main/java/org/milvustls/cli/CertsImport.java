package org.milvustls.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.LeafEntry;
import org.milvustls.pki.LeafRole;
import org.milvustls.pki.PemFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code certs import}: the answer of a corporate CA. */
@Command(
    name = "import",
    description =
        "Takes in what a CA answered to 'certs csr': checks that it belongs to the request, orders"
            + " the chain, and puts it in force. An answer that cannot be used changes nothing.",
    footer = "  milvus-tls certs import --server milvus --chain answer.pem --ca corporate-root.pem")
final class CertsImport implements Callable<Integer> {
  @Mixin private LeafOptions.Directory directory = new LeafOptions.Directory();
  @Mixin private LeafHolder holder = new LeafHolder();
  @Mixin private LeafOptions.Storage storage = new LeafOptions.Storage();

  @Option(
      names = "--chain",
      required = true,
      paramLabel = "FILE",
      description = "PEM file with the certificate and its intermediates, in any order.")
  private Path chain = Path.of("");

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "PEM file with the root of that CA. Peers trust all its leaves from then on: for clients"
              + " that means that every client certificate of that CA gets in.")
  private @Nullable Path ca;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CertificateDirectory certificates = directory.open();
    LeafRole role = holder.role();
    List<X509Certificate> anchors = ca == null ? List.of() : PemFiles.certificates(ca);
    LeafEntry entry =
        certificates.importAnswer(
            role, holder.name(), PemFiles.certificates(chain), anchors, storage.value());
    PrintWriter out = spec.commandLine().getOut();
    out.print(new LeafReport(certificates).text(List.of(entry)));
    PendingLines.print(out, certificates.pendingDeploys());
    out.flush();
    return ExitCodes.OK;
  }
}
