package org.milvustls.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.LeafEntry;
import org.milvustls.pki.LeafRequest;
import org.milvustls.pki.SigningRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code certs issue}: one more leaf. */
@Command(
    name = "issue",
    description = "Issues one more server or client certificate from the private CA.",
    footer = {
      "  milvus-tls certs issue --client reporting",
      "  milvus-tls certs issue --server standby --host standby.example.org"
    })
final class CertsIssue implements Callable<Integer> {
  @Mixin private LeafOptions.Directory directory = new LeafOptions.Directory();
  @Mixin private LeafHolder holder = new LeafHolder();
  @Mixin private LeafOptions leaf = new LeafOptions();

  @Option(
      names = "--csr",
      paramLabel = "FILE",
      description =
          "Sign the key of this certificate signing request, which somebody else holds; a server's"
              + " names are taken from it unless --host is given.")
  private @Nullable Path csr;

  @Option(
      names = "--replace",
      description = "Take the place of a certificate of the same name; its files are kept once.")
  private boolean replace;

  @Option(names = "--json", description = "Report as JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CertificateDirectory certificates = directory.open();
    LeafEntry entry = issue(certificates);
    PrintWriter out = spec.commandLine().getOut();
    LeafReport report = new LeafReport(certificates);
    out.print(json ? report.json(true, List.of(entry)) + "\n" : report.text(List.of(entry)));
    out.flush();
    return ExitCodes.OK;
  }

  private LeafEntry issue(CertificateDirectory certificates) {
    Optional<SigningRequest> request = Optional.ofNullable(csr).map(SigningRequest::read);
    LeafRequest wanted =
        holder
            .request(request.map(SigningRequest::names).orElse(List.of()))
            .withKeyType(leaf.keyType())
            .withLifetime(leaf.lifetime());
    if (request.isPresent()) {
      return certificates.issue(wanted, request.get());
    }
    return replace
        ? certificates.replace(wanted, leaf.storage())
        : certificates.issue(wanted, leaf.storage());
  }
}
