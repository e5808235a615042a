package org.milvustls.milvus;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.milvustls.milvus.ConfigFinding.Severity;
import org.milvustls.milvus.ConfigReport.Link;

/**
 * Says what a configuration of Milvus would really do, since Milvus itself ignores keys that it
 * does not know and goes on in plaintext.
 *
 * <pre>{@code
 * ConfigReport report =
 *     ConfigCheck.check(
 *         new ConfigCheckRequest(
 *             MilvusVersion.of("2.6"), List.of(Path.of("milvus.yaml")), Optional.empty(), Map.of()),
 *         Clock.systemUTC());
 * report.effect();   // serves plaintext: common.security.tlsMode is not set
 * }</pre>
 */
public final class ConfigCheck {
  private ConfigCheck() {}

  /**
   * Checks a configuration at the clock's time.
   *
   * @throws MilvusTlsException when a file of the request cannot be read or is no YAML
   */
  public static ConfigReport check(ConfigCheckRequest request, Clock clock) {
    List<ConfigSource> sources = request.files().stream().map(ConfigSource::yaml).toList();
    Optional<ConfigSource> environment = request.environment().map(ConfigSource::environment);
    EffectiveSettings settings = new EffectiveSettings(request.version(), sources, environment);

    ListenerCheck listener = new ListenerCheck(request.version(), settings);
    String effect = listener.effect();
    listener.checkRest();
    listener.checkPaths();
    listener.checkAuthorization();
    FileCheck files = new FileCheck(request, settings, clock);
    if (listener.encrypts()) {
      files.run(listener.mode() == 2);
    }

    List<ConfigFinding> findings = new ArrayList<>(TlsKeys.check(request.version(), settings));
    sources.forEach(source -> source.duplicates().forEach(key -> findings.add(duplicate(key))));
    findings.addAll(listener.findings());
    findings.addAll(files.findings());
    findings.sort(Comparator.comparing(ConfigFinding::severity));

    List<String> notChecked = new ArrayList<>(files.notChecked());
    if (environment.isEmpty()) {
      notChecked.add(
          "the environment of the server, which wins over files: name it with --env-file");
    }
    notChecked.add("etcd, which wins over both: not visible from here");
    return new ConfigReport(
        effect, findings, notChecked, links(request.version(), settings, listener));
  }

  private static ConfigFinding duplicate(Setting key) {
    return new ConfigFinding(
        Severity.ERROR,
        "duplicate-block",
        key.place(),
        key.key()
            + " stands twice in its block: the later one wins, and what only the earlier one says"
            + " goes back to the default",
        "merge the two blocks");
  }

  private static List<Link> links(
      MilvusVersion version, EffectiveSettings settings, ListenerCheck listener) {
    boolean encrypts = listener.encrypts();
    boolean rest = settings.isTrue(TlsKeys.HTTP_ENABLED, true);
    boolean internal = version.isAtLeast(2, 5) && settings.isTrue(TlsKeys.INTERNAL, false);
    List<Link> links = new ArrayList<>();
    links.add(
        new Link(
            "client (gRPC)",
            encrypts,
            encrypts ? "tlsMode " + listener.mode() : "anybody on the way reads it"));
    links.add(
        new Link(
            "REST",
            rest && encrypts,
            rest ? "follows tlsMode on a port of its own" : "switched off"));
    links.add(
        new Link(
            "metrics, health, management (9091)",
            false,
            "no version has TLS there and it lists the collections: do not publish it"));
    links.add(
        new Link(
            "internal (between components)",
            internal,
            version.isAtLeast(2, 5)
                ? TlsKeys.INTERNAL + " is " + internal
                : "no TLS before Milvus 2.5: keep the ports inside"));
    links.add(new Link("etcd", settings.isTrue("etcd.ssl.enabled", false), "etcd.ssl.enabled"));
    links.add(
        new Link(
            "object store",
            settings.isTrue("minio.useSSL", false),
            "minio.useSSL; local storage has no link"));
    links.add(
        new Link(
            "message queue",
            queueEncrypted(settings),
            "depends on the queue; the built-in one has no link"));
    return links;
  }

  private static boolean queueEncrypted(EffectiveSettings settings) {
    boolean kafka =
        settings.find("kafka.securityProtocol").map(s -> s.value().contains("SSL")).orElse(false);
    boolean pulsar =
        settings.find("pulsar.address").map(s -> s.value().startsWith("pulsar+ssl:")).orElse(false);
    return kafka || pulsar;
  }
}
