package org.milvustls.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.HostName;
import org.milvustls.pki.LeafEntry;
import org.milvustls.pki.LeafRequest;
import picocli.CommandLine.ArgGroup;
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
  @Mixin private LeafOptions leaf = new LeafOptions();

  @ArgGroup(multiplicity = "1")
  private Holder holder = new Holder();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "A name or address of the server; repeat it for more.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--replace",
      description = "Take the place of a certificate of the same name; its files are kept once.")
  private boolean replace;

  @Option(names = "--json", description = "Report as JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Whom the leaf is for. */
  static final class Holder {
    @Option(names = "--server", paramLabel = "NAME", description = "A server's certificate.")
    private @Nullable String server;

    @Option(names = "--client", paramLabel = "NAME", description = "A client's certificate.")
    private @Nullable String client;
  }

  @Override
  public Integer call() {
    CertificateDirectory certificates = CertificateDirectory.at(directory.path());
    LeafRequest request = request().withKeyType(leaf.keyType()).withLifetime(leaf.lifetime());
    LeafEntry entry =
        replace
            ? certificates.replace(request, leaf.keyMode())
            : certificates.issue(request, leaf.keyMode());
    PrintWriter out = spec.commandLine().getOut();
    LeafReport report = new LeafReport(certificates);
    out.print(json ? report.json(true, List.of(entry)) + "\n" : report.text(List.of(entry)));
    out.flush();
    return ExitCodes.OK;
  }

  private LeafRequest request() {
    if (holder.client != null) {
      if (!hosts.isEmpty()) {
        throw MilvusTlsException.usage("--host is for servers; a client is named by --client")
            .seen(hosts.get(0))
            .build();
      }
      return LeafRequest.client(holder.client);
    }
    if (hosts.isEmpty()) {
      throw MilvusTlsException.usage("a server's certificate needs the names it is reached under")
          .next("add --host for each DNS name or IP address")
          .build();
    }
    return LeafRequest.server(
        Objects.requireNonNull(holder.server), HostName.listOf(hosts.toArray(String[]::new)));
  }
}
