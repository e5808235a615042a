package org.milvustls.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.acme.AccountTerms;
import org.milvustls.acme.AcmeDirectory;
import org.milvustls.acme.AcmeIssuer;
import org.milvustls.acme.AcmeRequest;
import org.milvustls.acme.AcmeResult;
import org.milvustls.acme.AcmeSettings;
import org.milvustls.acme.ChallengeType;
import org.milvustls.acme.ExternalAccount;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.HostName;
import org.milvustls.pki.InitRequest;
import org.milvustls.pki.KeyType;
import org.milvustls.pki.PemFiles;
import org.milvustls.pki.RenewRequest;
import org.milvustls.pki.RenewalPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code certs acme}: a server leaf from a public CA. */
@Command(
    name = "acme",
    description = {
      "Gets a server certificate from Let's Encrypt or another CA that speaks ACME. Clients verify"
          + " it with the anchors of their system; client certificates stay private.",
      "Safe to run daily: a certificate that is not due is not asked for again. Without --domain"
          + " everything is taken as it was given before; 'certs renew' does the same."
    },
    footer = {
      "  milvus-tls certs acme --domain milvus.example.org --agree-tos --email ops@example.org",
      "  milvus-tls certs acme --domain '*.example.org' --agree-tos --challenge dns-01 --dns-hook"
          + " ./txt-record.sh"
    })
final class CertsAcme implements Callable<Integer> {
  static final String EXTERNAL_KEY = "MILVUS_ACME_EAB_KEY";

  @Mixin private LeafOptions.Directory directory = new LeafOptions.Directory();
  @Mixin private LeafOptions.Storage storage = new LeafOptions.Storage();

  @Option(
      names = "--server",
      paramLabel = "NAME",
      description = "The server's folder. Default: milvus.")
  private String server = InitRequest.DEFAULT_SERVER;

  @Option(
      names = "--domain",
      paramLabel = "D",
      description = "A name for the certificate; repeat it for more.")
  private List<String> domains = new ArrayList<>();

  @Option(names = "--agree-tos", description = "You have agreed to the CA's terms of service.")
  private boolean agreed;

  @Option(names = "--email", paramLabel = "E", description = "Where the CA may write to.")
  private @Nullable String email;

  @Option(
      names = "--profile",
      paramLabel = "P",
      description = "Kind of certificate, such as shortlived at Let's Encrypt.")
  private @Nullable String profile;

  @Option(
      names = "--directory",
      paramLabel = "CA",
      description = "letsencrypt, letsencrypt-staging or an https URL. Default: letsencrypt.")
  private String ca = "letsencrypt";

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "PEM file with the anchors of a private CA's own HTTPS.")
  private @Nullable Path trust;

  @Option(
      names = "--challenge",
      paramLabel = "TYPE",
      description = "http-01 or dns-01. Default: http-01.")
  private String challenge = ChallengeType.HTTP_01.id();

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      converter = Converters.OfPort.class,
      description = "Where to listen for http-01; the CA asks at port 80. Default: 80.")
  private int httpPort = AcmeSettings.HTTP_PORT;

  @Option(
      names = "--dns-hook",
      paramLabel = "CMD",
      description =
          "Shell command that sets and removes TXT records: MILVUS_TLS_ACME_ACTION is present or"
              + " withdraw, MILVUS_TLS_ACME_RECORD the name, MILVUS_TLS_ACME_VALUE the content."
              + " Without it you are asked to do it.")
  private @Nullable String dnsHook;

  @Option(
      names = "--eab-kid",
      paramLabel = "ID",
      description = "Identifier of an external account that the CA asks for.")
  private @Nullable String externalId;

  @Option(
      names = "--eab-key-file",
      paramLabel = "FILE",
      description = "File with that account's key. Default: the variable " + EXTERNAL_KEY + ".")
  private @Nullable Path externalKeyFile;

  @Option(
      names = "--key",
      paramLabel = "TYPE",
      converter = Converters.OfKeyType.class,
      description =
          "Kind of key: ecdsa-p256, ecdsa-p384, rsa-2048, rsa-3072, rsa-4096. Default: ecdsa-p256.")
  private KeyType keyType = KeyType.ECDSA_P256;

  @Option(
      names = "--before",
      paramLabel = "TIME",
      converter = Converters.OfDuration.class,
      description = "Ask for a successor when less than this is left, as in 30d or 36h.")
  private @Nullable Duration before;

  @Option(names = "--json", description = "Report as JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CertificateDirectory certificates = directory.open();
    AcmeIssuer issuer = issuer(certificates);
    AcmeRequest request = domains.isEmpty() ? issuer.recorded(server) : request();
    RenewalPolicy policy =
        before == null ? RenewalPolicy.byLifetime() : RenewalPolicy.before(before);
    AcmeResult result =
        issuer.obtain(
            request,
            new AccountTerms(agreed, externalAccount()),
            new RenewRequest(policy, false, false));
    PrintWriter out = spec.commandLine().getOut();
    LeafReport report = new LeafReport(certificates);
    if (json) {
      out.println(report.json(result.issued(), List.of(result.entry())));
    } else {
      out.println(result.issued() ? "Issued by " + request.settings().directory() : "Not due.");
      out.print(report.text(List.of(result.entry())));
      out.println("Due from " + result.dueFrom() + "; run 'milvus-tls certs renew' daily.");
      out.println(
          "Clients trust their system's anchors: leave --ca and MILVUS_CA away, and reach the"
              + " server by one of these names.");
      PendingLines.print(out, certificates.pendingDeploys());
    }
    out.flush();
    return ExitCodes.OK;
  }

  // From JDK 22 on there is a console without a terminal too; DnsByHand then reads the end of
  // input.
  @SuppressWarnings("SystemConsoleNull")
  private AcmeIssuer issuer(CertificateDirectory certificates) {
    AcmeIssuer issuer = AcmeIssuer.of(certificates, Clock.systemUTC());
    @Nullable Console console = System.console();
    return console == null ? issuer : issuer.withDnsByHand(new DnsByHand(console));
  }

  private AcmeRequest request() {
    return new AcmeRequest(
        server,
        HostName.listOf(domains.toArray(String[]::new)),
        keyType,
        storage.value(),
        new AcmeSettings(
            AcmeDirectory.of(ca),
            Optional.ofNullable(trust),
            Optional.ofNullable(email),
            Optional.ofNullable(profile),
            ChallengeType.of(challenge),
            httpPort,
            Optional.ofNullable(dnsHook)));
  }

  private Optional<ExternalAccount> externalAccount() {
    if (externalId == null) {
      return Optional.empty();
    }
    String key =
        externalKeyFile == null
            ? System.getenv(EXTERNAL_KEY)
            : PemFiles.text(externalKeyFile).strip();
    if (key == null || key.isBlank()) {
      throw MilvusTlsException.usage("the key of the external account is missing")
          .seen(externalId)
          .next("give --eab-key-file FILE, or set " + EXTERNAL_KEY)
          .build();
    }
    return Optional.of(new ExternalAccount(externalId, key));
  }
}
