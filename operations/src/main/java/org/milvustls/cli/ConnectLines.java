package org.milvustls.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.milvustls.pki.CertificateDirectory.ClientFiles;
import org.milvustls.server.MilvusServer;

/** The lines that connect to a server, ready to paste into a program. */
final class ConnectLines {
  /** The supported languages. */
  enum Language {
    JAVA,
    PYTHON,
    NODE,
    GO
  }

  private final MilvusServer server;
  private final UpCertificates files;

  ConnectLines(MilvusServer server, UpCertificates files) {
    this.server = server;
    this.files = files;
  }

  /** Environment variables for the commands of this project, and for programs with its library. */
  List<String> environment() {
    List<String> lines = new ArrayList<>();
    lines.add("export MILVUS_HOST=localhost MILVUS_PORT=" + server.port());
    lines.add("export MILVUS_TLS=" + server.mode());
    if (server.mode().isEncrypted()) {
      lines.add("export MILVUS_CA=" + ShellWord.of(ca()));
    }
    files.serverName().ifPresent(name -> lines.add("export MILVUS_SERVER_NAME=" + name));
    files
        .client()
        .ifPresent(
            client -> {
              lines.add("export MILVUS_CLIENT_CERT=" + ShellWord.of(client.certificate()));
              lines.add("export MILVUS_CLIENT_KEY=" + ShellWord.of(client.key()));
            });
    return lines;
  }

  List<String> of(Language language) {
    return switch (language) {
      case JAVA -> java();
      case PYTHON -> python();
      case NODE -> node();
      case GO -> go();
    };
  }

  private List<String> java() {
    List<String> options = new ArrayList<>();
    options.add("    .uri(\"" + scheme() + "://localhost:" + server.port() + "\")");
    if (server.mode().isEncrypted()) {
      // The SDK uses the first complete group of these options; the first group needs the name.
      options.add(
          files
              .client()
              .map(
                  client ->
                      "    .clientPemPath(\"%s\")\n    .clientKeyPath(\"%s\")\n    .caPemPath(\"%s\")"
                          .formatted(client.certificate(), client.key(), ca()))
              .orElse("    .serverPemPath(\"" + ca() + "\")"));
      options.add("    .serverName(\"" + name() + "\")");
    }
    return Stream.of(
            Stream.of(
                "Java (io.milvus:milvus-sdk-java)", "  new MilvusClientV2(ConnectConfig.builder()"),
            options.stream(),
            Stream.of("    .build());"))
        .flatMap(lines -> lines)
        .toList();
  }

  private List<String> python() {
    String arguments =
        server.mode().isEncrypted()
            ? ", secure=True, server_name=\""
                + name()
                + "\""
                + files
                    .client()
                    .map(
                        client ->
                            ",\n    client_pem_path=\"%s\", client_key_path=\"%s\", ca_pem_path=\"%s\""
                                .formatted(client.certificate(), client.key(), ca()))
                    .orElse(",\n    server_pem_path=\"" + ca() + "\"")
            : "";
    return List.of(
        "Python (pymilvus)",
        "  MilvusClient(uri=\""
            + scheme()
            + "://localhost:"
            + server.port()
            + "\""
            + arguments
            + ")");
  }

  private List<String> node() {
    String tls =
        server.mode().isEncrypted()
            ? ",\n    ssl: true, tls: { serverName: '"
                + name()
                + "', rootCertPath: '"
                + ca()
                + "'"
                + files
                    .client()
                    .map(
                        client ->
                            ",\n      certChainPath: '%s', privateKeyPath: '%s'"
                                .formatted(client.certificate(), client.key()))
                    .orElse("")
                + " }"
            : "";
    return List.of(
        "Node (@zilliz/milvus2-sdk-node)",
        "  new MilvusClient({ address: 'localhost:" + server.port() + "'" + tls + " })");
  }

  private List<String> go() {
    List<String> lines = new ArrayList<>(List.of("Go (github.com/milvus-io/milvus/client/v2)"));
    if (!server.mode().isEncrypted()) {
      lines.add(
          "  milvusclient.New(ctx, &milvusclient.ClientConfig{Address: \"localhost:"
              + server.port()
              + "\"})");
      return lines;
    }
    lines.add("  pem, _ := os.ReadFile(\"" + ca() + "\")");
    lines.add("  roots := x509.NewCertPool(); roots.AppendCertsFromPEM(pem)");
    String pair = files.serverName().map(name -> ", ServerName: \"" + name + "\"").orElse("");
    if (files.client().isPresent()) {
      ClientFiles client = files.client().get();
      lines.add(
          "  pair, _ := tls.LoadX509KeyPair(\"%s\", \"%s\")"
              .formatted(client.certificate(), client.key()));
      pair += ", Certificates: []tls.Certificate{pair}";
    }
    lines.add(
        "  milvusclient.New(ctx, &milvusclient.ClientConfig{Address: \"localhost:"
            + server.port()
            + "\", DialOptions: []grpc.DialOption{grpc.WithTransportCredentials(");
    lines.add("    credentials.NewTLS(&tls.Config{RootCAs: roots" + pair + "}))}})");
    return lines;
  }

  private String scheme() {
    return server.mode().isEncrypted() ? "https" : "http";
  }

  private String name() {
    return files.serverName().orElse("localhost");
  }

  private Path ca() {
    return files.directory().trustAnchors();
  }
}
