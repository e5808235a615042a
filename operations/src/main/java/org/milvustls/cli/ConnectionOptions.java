package org.milvustls.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milvustls.client.ConnectionEnvironment;
import org.milvustls.client.ConnectionSettings;
import picocli.CommandLine.Option;

/**
 * The connection options, the same in every command. Missing values come from the environment, then
 * from a file {@code .env}, by the rules of {@link ConnectionEnvironment}.
 */
final class ConnectionOptions {
  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Name or address of Milvus. MILVUS_HOST; default: localhost.")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of gRPC. MILVUS_PORT; default: 19530.")
  private @Nullable String port;

  @Option(
      names = "--uri",
      paramLabel = "URI",
      description = "https://HOST:PORT/DATABASE instead of host and port. MILVUS_URI.")
  private @Nullable String uri;

  @Option(names = "--user", paramLabel = "NAME", description = "User of Milvus. MILVUS_USER.")
  private @Nullable String user;

  @Option(
      names = "--password",
      interactive = true,
      description = "Ask for the password. MILVUS_PASSWORD.")
  private char @Nullable [] password;

  @Option(
      names = "--token",
      interactive = true,
      description = "Ask for a token, instead of user and password. MILVUS_TOKEN.")
  private char @Nullable [] token;

  @Option(names = "--db", paramLabel = "NAME", description = "Database. MILVUS_DB.")
  private @Nullable String database;

  @Option(
      names = "--tls",
      paramLabel = "MODE",
      description = "off, server or mutual. MILVUS_TLS; default: server.")
  private @Nullable String tls;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "CA certificates to trust, PEM or PKCS#12. MILVUS_CA; default: those of the JVM.")
  private @Nullable String ca;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "Client certificate, then intermediates, PEM or PKCS#12. MILVUS_CLIENT_CERT.")
  private @Nullable String certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Key of the client certificate. MILVUS_CLIENT_KEY.")
  private @Nullable String key;

  @Option(
      names = "--server-name",
      paramLabel = "NAME",
      description =
          "Name that the server's certificate must have. MILVUS_SERVER_NAME; default: the host.")
  private @Nullable String serverName;

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description =
          "auto, jdk or boringssl. MILVUS_TLS_PROVIDER; default: auto, BoringSSL where it loads.")
  private @Nullable String provider;

  /** The settings; options override the environment, which overrides {@code .env}. */
  ConnectionSettings settings() {
    return ConnectionEnvironment.load(given(), System.getenv(), Path.of("")).settings();
  }

  private Map<String, String> given() {
    Map<String, String> given = new HashMap<>();
    put(given, "MILVUS_HOST", host);
    put(given, "MILVUS_PORT", port);
    put(given, "MILVUS_URI", uri);
    put(given, "MILVUS_USER", user);
    put(given, "MILVUS_PASSWORD", password == null ? null : String.valueOf(password));
    put(given, "MILVUS_TOKEN", token == null ? null : String.valueOf(token));
    put(given, "MILVUS_DB", database);
    put(given, "MILVUS_TLS", tls);
    put(given, "MILVUS_CA", ca);
    put(given, "MILVUS_CLIENT_CERT", certificate);
    put(given, "MILVUS_CLIENT_KEY", key);
    put(given, "MILVUS_SERVER_NAME", serverName);
    put(given, "MILVUS_TLS_PROVIDER", provider);
    return given;
  }

  private static void put(Map<String, String> given, String name, @Nullable String value) {
    if (value != null) {
      given.put(name, value);
    }
  }
}
