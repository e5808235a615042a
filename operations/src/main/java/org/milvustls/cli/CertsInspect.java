package org.milvustls.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.CertificateInspector;
import org.milvustls.pki.HostName;
import org.milvustls.pki.Inspection;
import org.milvustls.pki.KeyPassword;
import org.milvustls.pki.PemFiles;
import org.milvustls.tls.Identity;
import org.milvustls.tls.ServedChain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code certs inspect}: shows the content and the problems of certificates. */
@Command(
    name = "inspect",
    description =
        "Shows the chain, names, usages, keys and validity of certificates in files, directories,"
            + " key stores and on servers, and what is wrong with them. Exit code 1 with findings.",
    footer = {
      "  milvus-tls certs inspect certs",
      "  milvus-tls certs inspect milvus.example.org:19530 --ca certs/ca.pem"
    })
final class CertsInspect implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Parameters(
      paramLabel = "TARGET",
      arity = "1..*",
      description = "A PEM file, a PKCS#12 or JKS key store, a directory, or HOST:PORT.")
  private List<String> targets = new ArrayList<>();

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      defaultValue = "${env:MILVUS_CA}",
      description = "PEM file with the trust anchors that chains shall lead to.")
  private @Nullable Path ca;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      defaultValue = "${env:MILVUS_CLIENT_CERT}",
      description = "Client certificate to show to a server, leaf first.")
  private @Nullable Path certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      defaultValue = "${env:MILVUS_CLIENT_KEY}",
      description = "The client certificate's key.")
  private @Nullable Path key;

  @Option(
      names = "--server-name",
      paramLabel = "NAME",
      defaultValue = "${env:MILVUS_SERVER_NAME}",
      description = "The name that clients know the server by. Default: HOST.")
  private @Nullable String serverName;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File whose first line is the password of key stores and encrypted keys.")
  private @Nullable Path passwordFile;

  @Option(names = "--json", description = "Report as JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CertificateInspector inspector = CertificateInspector.withClock(Clock.systemUTC());
    if (ca != null) {
      inspector = inspector.trusting(PemFiles.certificates(ca));
    }
    if (passwordFile != null) {
      inspector = inspector.unlocking(KeyPassword.fromFile(passwordFile));
    }
    List<Inspection> inspections = new ArrayList<>();
    for (String target : targets) {
      inspections.addAll(inspect(inspector, target));
    }
    PrintWriter out = spec.commandLine().getOut();
    InspectionReport report = new InspectionReport(Clock.systemUTC());
    out.print(json ? report.json(inspections) : report.text(inspections));
    out.flush();
    boolean healthy = inspections.stream().allMatch(each -> each.findings().isEmpty());
    return healthy ? ExitCodes.OK : ExitCodes.NO;
  }

  private List<Inspection> inspect(CertificateInspector inspector, String target) {
    Optional<Path> path = existing(target);
    if (path.isPresent()) {
      return inspector.path(path.get());
    }
    Optional<Endpoint> endpoint = Endpoint.parse(target);
    if (endpoint.isEmpty()) {
      throw MilvusTlsException.failure("there is nothing to inspect")
          .seen(target)
          .allowed("an existing file or directory, or HOST:PORT")
          .build();
    }
    String name = serverName == null ? endpoint.get().host() : serverName;
    HostName host = HostName.of(name);
    ServedChain served =
        ServedChain.capture(
            endpoint.get().host(), endpoint.get().port(), host.value(), client(), LIMIT);
    return List.of(inspector.served(target, host, served.chain(), refusal(served)));
  }

  private Optional<String> refusal(ServedChain served) {
    boolean lacks = certificate == null && served.request().isPresent();
    return lacks
        ? served
            .refusal()
            .map(text -> text + "; it asks for a client certificate: give --cert and --key")
        : served.refusal();
  }

  private static Optional<Path> existing(String target) {
    try {
      return Optional.of(Path.of(target)).filter(Files::exists);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Optional<Identity> client() {
    if (certificate == null && key == null) {
      return Optional.empty();
    }
    if (certificate == null || key == null) {
      throw MilvusTlsException.usage(
              "a client certificate needs its key, and a key its certificate")
          .next("give both --cert and --key")
          .build();
    }
    return Optional.of(Identity.pem(certificate, key));
  }
}
