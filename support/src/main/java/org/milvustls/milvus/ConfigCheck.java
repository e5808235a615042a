package org.milvustls.milvus;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.milvustls.milvus.ConfigFinding.Severity;
import org.milvustls.milvus.Link.Protection;

/**
 * Determines the real effect of a Milvus configuration. Milvus itself ignores unknown keys and then
 * serves plaintext.
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
    List<ConfigSource> sources = new ArrayList<>();
    List<ComposeFile> composed = new ArrayList<>();
    for (Path file : request.files()) {
      String text = ConfigSource.read(file);
      ComposeFile.of(file, text)
          .ifPresentOrElse(
              composed::add, () -> sources.add(ConfigSource.yaml(file.toString(), text)));
    }
    List<Setting> environment = new ArrayList<>();
    request
        .environment()
        .map(ConfigSource::environment)
        .ifPresent(e -> environment.addAll(e.settings()));
    composed.forEach(file -> environment.addAll(file.environment()));
    EffectiveSettings settings = new EffectiveSettings(request.version(), sources, environment);

    ListenerCheck listener = new ListenerCheck(request.version(), settings);
    String effect = listener.effect();
    listener.checkRest();
    listener.checkPaths();
    listener.checkAuthorization();
    FileCheck files = new FileCheck(withMounts(request, composed), settings, clock);
    if (listener.encrypts()) {
      files.run(listener.mode() == 2);
    }

    List<ConfigFinding> findings = new ArrayList<>(TlsKeys.check(request.version(), settings));
    sources.forEach(source -> source.duplicates().forEach(key -> findings.add(duplicate(key))));
    findings.addAll(listener.findings());
    findings.addAll(files.findings());
    composed.forEach(file -> findings.addAll(file.findings()));
    findings.sort(Comparator.comparing(ConfigFinding::severity));

    List<String> notChecked = new ArrayList<>(files.notChecked());
    composed.forEach(file -> notChecked.addAll(file.notChecked()));
    if (request.environment().isEmpty() && composed.isEmpty()) {
      notChecked.add(
          "the environment of the server, which wins over files: name it with --env-file");
    }
    notChecked.add("etcd, which wins over both: not visible from here");
    return new ConfigReport(
        effect,
        findings,
        notChecked,
        links(request.version(), settings, listener),
        Advisory.of(request.version()));
  }

  private static ConfigCheckRequest withMounts(
      ConfigCheckRequest request, List<ComposeFile> composed) {
    Map<String, Path> mapped = new LinkedHashMap<>();
    composed.forEach(file -> mapped.putAll(file.mounts()));
    mapped.putAll(request.mapped());
    return new ConfigCheckRequest(
        request.version(), request.files(), request.environment(), mapped);
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
    boolean internal =
        version.release().reads(TlsKeys.INTERNAL) && settings.isTrue(TlsKeys.INTERNAL, false);
    return List.of(
        link(
            "client (gRPC)",
            encrypts,
            (listener.mode() == 2
                    ? "tlsMode 2: a client without a certificate from a CA of caPemPath is refused"
                    : encrypts ? "tlsMode 1" : "anybody on the way reads it")
                + (listener.authorizes() ? "" : "; without users each client may do everything")),
        settings.isTrue(TlsKeys.HTTP_ENABLED, true)
            ? link("REST", encrypts, "follows tlsMode on a port of its own")
            : new Link("REST", Protection.NONE, "switched off"),
        link(
            "metrics, health, management (9091)",
            false,
            "no version has TLS there and it lists the collections: do not publish it"),
        link(
            "internal (between components)",
            internal,
            version.release().reads(TlsKeys.INTERNAL)
                ? TlsKeys.INTERNAL + " is " + internal
                : "no TLS before Milvus 2.5: keep the ports inside"),
        settings.isTrue("etcd.use.embed", false)
            ? new Link("etcd", Protection.NONE, "inside the server's process")
            : link("etcd", settings, "etcd.ssl.enabled"),
        settings.find("common.storageType").map(s -> s.value().equals("local")).orElse(false)
            ? new Link("object store", Protection.NONE, "local files")
            : link("object store", settings, "minio.useSSL"),
        queue(settings));
  }

  private static Link link(String name, EffectiveSettings settings, String key) {
    boolean encrypted = settings.isTrue(key, false);
    return link(name, encrypted, key + " is " + encrypted);
  }

  private static Link link(String name, boolean encrypted, String remark) {
    return new Link(name, encrypted ? Protection.ENCRYPTED : Protection.PLAINTEXT, remark);
  }

  private static Link queue(EffectiveSettings settings) {
    String name = "message queue";
    if (settings.find("kafka.brokerList").isPresent()) {
      boolean tls =
          settings
              .find("kafka.securityProtocol")
              .map(s -> s.value().toUpperCase(Locale.ROOT).contains("SSL"))
              .orElse(false);
      return link(name, tls, "kafka.securityProtocol");
    }
    Optional<Setting> pulsar = settings.find("pulsar.address");
    return pulsar
        .map(s -> link(name, s.value().startsWith("pulsar+ssl:"), "pulsar.address"))
        .orElse(
            new Link(name, Protection.UNKNOWN, "none where it is built in (rocksmq, woodpecker)"));
  }
}
