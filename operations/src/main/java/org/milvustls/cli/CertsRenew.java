package org.milvustls.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milvustls.acme.AcmeIssuer;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.DeployHook;
import org.milvustls.pki.LeafEntry;
import org.milvustls.pki.LeafSource;
import org.milvustls.pki.RenewRequest;
import org.milvustls.pki.RenewalPolicy;
import org.milvustls.pki.RenewalResult;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code certs renew}: renews the due certificates and deploys the new ones. */
@Command(
    name = "renew",
    description = {
      "Renews certificates that are due: when a third of their lifetime is left, or half of a"
          + " lifetime under 10 days. Intermediate CAs too.",
      "What was renewed stays recorded as to be deployed until a hook has succeeded; every later"
          + " run tries again.",
      "Exit code 1 when something is due and cannot be renewed. An intermediate CA whose root.key"
          + " is elsewhere can wait, with exit code 0, until leaves would get shorter."
    },
    footer = {
      "  milvus-tls certs renew --deploy-hook 'docker restart milvus' --served localhost:19530"
    })
final class CertsRenew implements Callable<Integer> {
  private static final Duration HOOK_LIMIT = Duration.ofMinutes(10);

  @Mixin private LeafOptions.Directory directory = new LeafOptions.Directory();

  @Option(names = "--all", description = "Renew every leaf, due or not.")
  private boolean all;

  @Option(
      names = "--before",
      paramLabel = "TIME",
      converter = Converters.OfDuration.class,
      description = "Renew what has less than this left, as in 30d or 36h.")
  private @Nullable Duration before;

  @Option(names = "--reuse-key", description = "Keep the keys of the leaves.")
  private boolean reuseKey;

  @ArgGroup private Deploying deploying = new Deploying();

  @Option(
      names = "--served",
      paramLabel = "[NAME=]HOST:PORT",
      converter = ServedLeaf.Converter.class,
      description =
          "After the hook, wait up to a minute until this endpoint serves the new certificate of"
              + " server NAME. Default of NAME: milvus.")
  private List<ServedLeaf> served = new ArrayList<>();

  @Option(names = "--json", description = "Report as JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** The options for the deployment of changed files. */
  static final class Deploying {
    @Option(
        names = "--deploy-hook",
        paramLabel = "CMD",
        description =
            "Shell command that puts changed files in force; MILVUS_TLS_CHANGED names the changed"
                + " folders, one a line. It runs only when something changed.")
    private @Nullable String hook;

    @Option(names = "--deployed", description = "Record that what changed was deployed by hand.")
    private boolean deployed;
  }

  @Override
  public Integer call() {
    CertificateDirectory certificates = directory.open();
    RenewalPolicy policy =
        before == null ? RenewalPolicy.byLifetime() : RenewalPolicy.before(before);
    RenewRequest request = new RenewRequest(policy, all, reuseKey);
    List<RenewalResult> results = withPublic(certificates, request, certificates.renew(request));
    List<LeafEntry> deployed =
        deploying.hook == null && !deploying.deployed && served.isEmpty()
            ? List.of()
            : certificates.deploy(pending -> deploy(certificates, pending));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(results, deployed, certificates.pendingDeploys()));
    } else {
      print(out, results, deployed, certificates.pendingDeploys());
    }
    out.flush();
    return results.stream().anyMatch(each -> each.outcome() == RenewalResult.Outcome.BLOCKED)
        ? ExitCodes.NO
        : ExitCodes.OK;
  }

  /** The library's renewal skips leaves of a public CA; this method renews them. */
  private static List<RenewalResult> withPublic(
      CertificateDirectory certificates, RenewRequest request, List<RenewalResult> results) {
    Map<String, LeafEntry> fromPublic =
        certificates.leaves().stream()
            .filter(entry -> entry.source() == LeafSource.ACME)
            .collect(Collectors.toMap(LeafEntry::path, entry -> entry));
    AcmeIssuer issuer = AcmeIssuer.of(certificates, Clock.systemUTC());
    return results.stream()
        .map(
            result ->
                fromPublic.containsKey(result.path())
                    ? issuer.renew(fromPublic.get(result.path()), request)
                    : result)
        .toList();
  }

  private void deploy(CertificateDirectory certificates, List<LeafEntry> pending) {
    if (deploying.hook != null) {
      new DeployHook(deploying.hook, HOOK_LIMIT).run(certificates.path(), pending);
    }
    served.forEach(each -> each.await(certificates));
  }

  private static void print(
      PrintWriter out,
      List<RenewalResult> results,
      List<LeafEntry> deployed,
      List<LeafEntry> pending) {
    for (RenewalResult result : results) {
      out.printf(
          Locale.ROOT,
          "  %-24s %-9s %s  %s%n",
          result.path(),
          word(result.outcome()),
          result.notAfter().map(end -> "until " + end).orElse("no certificate"),
          result.detail());
    }
    deployed.forEach(entry -> out.println("Deployed: " + entry.path()));
    pending.forEach(
        entry ->
            out.println(
                "Not deployed yet: "
                    + entry.path()
                    + "; give --deploy-hook CMD, or --deployed after doing it by hand"));
  }

  private static String word(RenewalResult.Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String json(
      List<RenewalResult> results, List<LeafEntry> deployed, List<LeafEntry> pending) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    ArrayNode certificates = root.putArray("certificates");
    for (RenewalResult result : results) {
      certificates
          .addObject()
          .put("path", result.path())
          .put("outcome", word(result.outcome()))
          .put("notAfter", result.notAfter().map(Instant::toString).orElse(null))
          .put("detail", result.detail());
    }
    paths(root.putArray("deployed"), deployed);
    paths(root.putArray("pending"), pending);
    return root.toPrettyString();
  }

  private static void paths(ArrayNode array, List<LeafEntry> entries) {
    entries.forEach(entry -> array.add(entry.path()));
  }
}
