package org.milvustls.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.milvustls.client.DemoCollection;
import org.milvustls.milvus.Advisory;
import org.milvustls.milvus.MilvusVersion;
import org.milvustls.server.MilvusServer;
import org.milvustls.server.ServerKind;
import org.milvustls.tls.TlsMode;

/** Prints how to connect to a ready server. */
final class ReadyMessage {
  private final MilvusServer server;
  private final UpCertificates files;
  private final @Nullable Path data;
  private final boolean demo;

  ReadyMessage(MilvusServer server, UpCertificates files, @Nullable Path data, boolean demo) {
    this.server = server;
    this.files = files;
    this.data = data;
    this.demo = demo;
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "Milvus %s (%s) is ready after %.1f s: %s, TLS mode %s",
            server.version().orElse("of unknown version"),
            server.kind(),
            server.timeToReady().map(Duration::toMillis).orElse(0L) / 1000.0,
            uri(),
            server.mode() == TlsMode.OFF ? "off: it serves plaintext" : server.mode()));
    server
        .restPort()
        .ifPresent(rest -> lines.add("REST:  " + scheme() + "://localhost:" + rest + "/v1/"));
    server.logCommand().ifPresent(command -> lines.add("Log:   " + command));
    lines.add("Data:  " + (data == null ? "thrown away at the end" : data.toAbsolutePath()));
    lines.add("");
    ConnectLines connect = new ConnectLines(server, files);
    lines.addAll(connect.environment());
    for (ConnectLines.Language language : ConnectLines.Language.values()) {
      lines.add("");
      lines.addAll(connect.of(language));
    }
    lines.add("");
    lines.add("Next, in another terminal in this folder:");
    next().forEach(command -> lines.add("  " + command));
    lines.add("");
    lines.add("Ctrl-C stops it.");
    return String.join(System.lineSeparator(), lines);
  }

  String json() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("kind", server.kind().id());
    server.version().ifPresent(version -> root.put("version", version));
    root.put("tls", server.mode().id());
    root.put("host", "localhost");
    root.put("port", server.port());
    root.put("uri", uri());
    server.restPort().ifPresent(rest -> root.put("restPort", rest));
    server.metricsPort().ifPresent(metrics -> root.put("metricsPort", metrics));
    server.pid().ifPresent(pid -> root.put("pid", pid));
    server.timeToReady().ifPresent(time -> root.put("timeToReadyMillis", time.toMillis()));
    files.server().ifPresent(used -> root.put("ca", files.directory().trustAnchors().toString()));
    files.serverName().ifPresent(name -> root.put("serverName", name));
    files
        .client()
        .ifPresent(client -> root.put("clientCertificate", client.certificate().toString()));
    files.client().ifPresent(client -> root.put("clientKey", client.key().toString()));
    if (data != null) {
      root.put("data", data.toAbsolutePath().toString());
    }
    server.logCommand().ifPresent(command -> root.put("logCommand", command));
    if (demo) {
      root.put("collection", DemoCollection.NAME);
    }
    ArrayNode warnings = root.putArray("warnings");
    warnings().forEach(line -> warnings.add(line.replaceFirst("^(warning|note): ", "")));
    return root.toPrettyString();
  }

  private List<String> next() {
    return NextCommands.afterUp(server.port(), server.mode(), files, demo);
  }

  /** Warnings about open ports without TLS. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (server.mode() == TlsMode.OFF) {
      warnings.add(
          "warning: this Milvus serves plaintext, as '--tls off' asks: whoever is on the way reads"
              + " and changes queries, answers and passwords. Leave the option out for TLS.");
    }
    if (server.kind() == ServerKind.EMBEDDED) {
      warnings.add(
          "warning: an embedded Milvus listens on every interface: gRPC, REST, and without TLS or"
              + " authentication the metrics port "
              + server.metricsPort().orElse(0)
              + " (it lists the collections) and its internal ports; only its etcd is on loopback."
              + " Use it behind a firewall.");
    } else {
      warnings.add(
          "note: the ports are published on 127.0.0.1 only; the metrics port "
              + server.metricsPort().orElse(0)
              + " has no TLS and lists the collections.");
    }
    server
        .version()
        .flatMap(MilvusVersion::find)
        .ifPresent(
            version ->
                Advisory.of(version)
                    .forEach(advisory -> warnings.add("warning: " + advisory.line(version))));
    return warnings;
  }

  private String uri() {
    return scheme() + "://localhost:" + server.port();
  }

  private String scheme() {
    return server.mode() == TlsMode.OFF ? "http" : "https";
  }
}
