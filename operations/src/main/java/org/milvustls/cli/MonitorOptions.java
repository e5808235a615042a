package org.milvustls.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.monitor.CertificateMonitor;
import org.milvustls.monitor.Listener;
import org.milvustls.monitor.MonitorTarget;
import org.milvustls.monitor.TargetList;
import org.milvustls.monitor.Threshold;
import org.milvustls.monitor.Thresholds;
import org.milvustls.monitor.watch.Watched;
import org.milvustls.pki.KeyPassword;
import org.milvustls.tls.Identity;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options for targets and thresholds. */
final class MonitorOptions {
  @Parameters(
      paramLabel = "TARGET",
      arity = "0..*",
      description =
          "A PEM file, a PKCS#12 or JKS key store, a directory, HOST:PORT, or DIR@HOST:PORT for a"
              + " certificate directory and the listener that should serve it.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--targets",
      paramLabel = "FILE",
      description = "YAML file with a list of targets; see docs/monitoring.md.")
  private @Nullable Path list;

  @Option(
      names = "--warning",
      paramLabel = "LEFT",
      description =
          "A time such as 30d or a share of the lifetime such as 20%%. Default: a fifth, at most"
              + " 30 days.")
  private @Nullable String warning;

  @Option(
      names = "--critical",
      paramLabel = "LEFT",
      description = "The same for CRITICAL. Default: a tenth, at most 14 days.")
  private @Nullable String critical;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      defaultValue = "${env:MILVUS_CA}",
      description = "PEM file with the trust anchors of clients. MILVUS_CA.")
  private @Nullable Path ca;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      defaultValue = "${env:MILVUS_CLIENT_CERT}",
      description = "Client certificate to show to a listener. MILVUS_CLIENT_CERT.")
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
      description = "The name that clients know the servers by. MILVUS_SERVER_NAME; the host.")
  private @Nullable String serverName;

  @Option(
      names = "--server",
      paramLabel = "NAME",
      defaultValue = MonitorTarget.DEFAULT_LEAF,
      description = "Which server of DIR the listener is; default: ${DEFAULT-VALUE}.")
  private String leaf = MonitorTarget.DEFAULT_LEAF;

  @Option(
      names = "--mutual",
      description = "Each listener must refuse a client without certificate.")
  private boolean mutual;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File whose first line is the password of key stores and encrypted keys.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--limit",
      paramLabel = "SECONDS",
      converter = Converters.OfSeconds.class,
      defaultValue = "5",
      description = "Limit for each answer of a listener; default: ${DEFAULT-VALUE} s.")
  private Duration limit = Duration.ofSeconds(5);

  /** The file of {@code --targets}. */
  Optional<Path> list() {
    return Optional.ofNullable(list);
  }

  /** Reads the targets and the thresholds. */
  Watched watched(Clock clock) {
    Optional<TargetList> read = list().map(TargetList::read);
    return new Watched(monitor(clock, read), targets(read));
  }

  private CertificateMonitor monitor(Clock clock, Optional<TargetList> read) {
    Threshold warns =
        threshold(warning, read.flatMap(TargetList::warning), Thresholds.DEFAULT.warning());
    Threshold alarms =
        threshold(critical, read.flatMap(TargetList::critical), Thresholds.DEFAULT.critical());
    CertificateMonitor monitor =
        CertificateMonitor.withClock(clock).with(new Thresholds(warns, alarms)).within(limit);
    return passwordFile == null ? monitor : monitor.unlocking(KeyPassword.fromFile(passwordFile));
  }

  private static Threshold threshold(
      @Nullable String option, Optional<Threshold> listed, Threshold standard) {
    return option == null ? listed.orElse(standard) : Threshold.of(option);
  }

  private List<MonitorTarget> targets(Optional<TargetList> read) {
    List<MonitorTarget> targets = new ArrayList<>(read.map(TargetList::targets).orElse(List.of()));
    names.forEach(name -> targets.add(target(name)));
    if (targets.isEmpty()) {
      throw MilvusTlsException.usage("there is nothing to watch")
          .allowed("a file, a directory, HOST:PORT, DIR@HOST:PORT, or --targets FILE")
          .build();
    }
    if (mutual && targets.stream().allMatch(target -> target.listener().isEmpty())) {
      throw MilvusTlsException.usage("--mutual judges listeners, and there is none")
          .allowed("HOST:PORT or DIR@HOST:PORT beside it")
          .build();
    }
    return targets;
  }

  private MonitorTarget target(String name) {
    Optional<Path> path = existing(name);
    if (path.isPresent()) {
      return MonitorTarget.files(path.get());
    }
    Optional<Endpoint> endpoint = Endpoint.parse(name);
    int at = name.lastIndexOf('@');
    if (at > 0) {
      Optional<Path> directory = existing(name.substring(0, at));
      Optional<Endpoint> server = Endpoint.parse(name.substring(at + 1));
      if (directory.isPresent() && server.isPresent()) {
        return MonitorTarget.deployed(directory.get(), leaf, listener(server.get()));
      }
    }
    return endpoint
        .map(found -> MonitorTarget.served(listener(found)))
        .orElseThrow(
            () ->
                MilvusTlsException.usage("there is nothing to watch")
                    .seen(name)
                    .allowed("an existing file or directory, HOST:PORT, or DIR@HOST:PORT")
                    .build());
  }

  private Listener listener(Endpoint endpoint) {
    if ((certificate == null) != (key == null)) {
      throw MilvusTlsException.usage(
              "a client certificate needs its key, and a key its certificate")
          .next("give both --cert and --key")
          .build();
    }
    Optional<Identity> client =
        certificate == null || key == null
            ? Optional.empty()
            : Optional.of(Identity.pem(certificate, key));
    return new Listener(
        endpoint.host(),
        endpoint.port(),
        serverName == null ? endpoint.host() : serverName,
        Optional.ofNullable(ca),
        client,
        mutual);
  }

  private static Optional<Path> existing(String name) {
    try {
      return Optional.of(Path.of(name)).filter(Files::exists);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
