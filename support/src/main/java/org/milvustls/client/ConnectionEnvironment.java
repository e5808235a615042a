package org.milvustls.client;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.Identity;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;
import org.milvustls.tls.TrustSource;

/**
 * Reads connection settings by name, from the environment and, for missing names, from a file
 * {@code .env}: {@code MILVUS_HOST}, {@code MILVUS_PORT} or {@code MILVUS_URI}; {@code MILVUS_USER}
 * with {@code MILVUS_PASSWORD}, or {@code MILVUS_TOKEN}; {@code MILVUS_DB}; {@code MILVUS_TLS}
 * (off, server, mutual; default server); {@code MILVUS_CA}, {@code MILVUS_CLIENT_CERT}, {@code
 * MILVUS_CLIENT_KEY}, {@code MILVUS_SERVER_NAME}, {@code MILVUS_TLS_PROVIDER} (auto, jdk,
 * boringssl). {@code MILVUS_CA} and {@code MILVUS_CLIENT_CERT} may be PKCS#12 or JKS stores ({@code
 * .p12}, {@code .pfx}, {@code .jks}) with {@code MILVUS_CA_PASSWORD} and {@code
 * MILVUS_CLIENT_KEY_PASSWORD}; the latter also opens an encrypted PEM key.
 */
public final class ConnectionEnvironment {
  private static final List<String> STORES = List.of(".p12", ".pfx", ".jks");
  private static final String AUTOMATIC = "auto";
  private static final int DEFAULT_PORT = 19530;

  private final Map<String, String> values;

  private ConnectionEnvironment(Map<String, String> values) {
    this.values = values;
  }

  /** Reads the environment of this process and the file {@code .env} in the working directory. */
  public static ConnectionEnvironment load() {
    return load(Map.of(), System.getenv(), Path.of(""));
  }

  /**
   * Reads options first, then the environment, then {@code .env}. For each name the first place
   * wins. Related values are never mixed: a host, user, CA or client certificate replaces that of
   * later places, together with its port, server name, password or key.
   *
   * @param given for example the options of a command, by the names above
   * @param environment of a process
   * @param folder folder of an optional {@code .env}
   */
  public static ConnectionEnvironment load(
      Map<String, String> given, Map<String, String> environment, Path folder) {
    return new ConnectionEnvironment(
        SettingPlaces.merged(List.of(given, environment, dotenv(folder))));
  }

  /** The complete settings; an invalid value is a usage error that shows it. */
  public ConnectionSettings settings() {
    String host = value("MILVUS_HOST").orElse("localhost");
    int port = value("MILVUS_PORT").map(ConnectionEnvironment::port).orElse(DEFAULT_PORT);
    TlsMode mode = value("MILVUS_TLS").map(TlsMode::of).orElse(TlsMode.SERVER);
    ConnectionSettings.Builder builder =
        ConnectionSettings.builder(unbracketed(host), port, tls(mode));
    credentials().ifPresent(builder::credentials);
    database().ifPresent(builder::database);
    return builder.build();
  }

  private TlsSettings tls(TlsMode mode) {
    TlsSettings.Builder builder = TlsSettings.builder(mode);
    if (!mode.isEncrypted()) {
      return builder.build();
    }
    value("MILVUS_TLS_PROVIDER")
        .filter(name -> !AUTOMATIC.equals(name))
        .map(TlsProvider::of)
        .ifPresent(builder::provider);
    value("MILVUS_CA").map(this::trust).ifPresent(builder::trust);
    if (value("MILVUS_CLIENT_KEY").isPresent() && value("MILVUS_CLIENT_CERT").isEmpty()) {
      throw MilvusTlsException.usage("the key of a client certificate without the certificate")
          .seen(value("MILVUS_CLIENT_KEY").orElseThrow())
          .next("name the certificate too: --cert or MILVUS_CLIENT_CERT")
          .build();
    }
    value("MILVUS_CLIENT_CERT").map(this::identity).ifPresent(builder::identity);
    value("MILVUS_SERVER_NAME").ifPresent(builder::serverName);
    return builder.build();
  }

  private TrustSource trust(String file) {
    return isStore(file)
        ? TrustSource.keyStore(Path.of(file), password("MILVUS_CA_PASSWORD"))
        : TrustSource.pem(Path.of(file));
  }

  private Identity identity(String certificate) {
    Path chain = Path.of(certificate);
    if (isStore(certificate)) {
      return Identity.keyStore(chain, password("MILVUS_CLIENT_KEY_PASSWORD"));
    }
    Path key =
        value("MILVUS_CLIENT_KEY")
            .map(Path::of)
            .orElseThrow(
                () ->
                    MilvusTlsException.usage("a client certificate without its key")
                        .seen(certificate)
                        .next("name the key too: --key or MILVUS_CLIENT_KEY")
                        .build());
    return value("MILVUS_CLIENT_KEY_PASSWORD")
        .map(password -> Identity.pem(chain, key, password.toCharArray()))
        .orElseGet(() -> Identity.pem(chain, key));
  }

  /** The name of the database, if any. */
  public Optional<String> database() {
    return value("MILVUS_DB");
  }

  /** The credentials of the client, if any; half of a pair is an error. */
  public Optional<Credentials> credentials() {
    Optional<String> user = value("MILVUS_USER");
    Optional<String> token = value("MILVUS_TOKEN");
    Optional<String> password = value("MILVUS_PASSWORD");
    if (user.isPresent() && password.isEmpty()) {
      throw MilvusTlsException.usage("a user without a password")
          .seen(user.get())
          .next("set MILVUS_PASSWORD, or give --password to be asked")
          .build();
    }
    if (password.isPresent() && user.isEmpty() && token.isEmpty()) {
      throw MilvusTlsException.usage("a password without a user")
          .next("name the user too: --user or MILVUS_USER")
          .build();
    }
    return token
        .map(Credentials::token)
        .or(() -> user.map(name -> Credentials.password(name, password.orElseThrow())));
  }

  private char[] password(String name) {
    return value(name).map(String::toCharArray).orElse(new char[0]);
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private static boolean isStore(String file) {
    String lower = file.toLowerCase(Locale.ROOT);
    return STORES.stream().anyMatch(lower::endsWith);
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw MilvusTlsException.usage("not a port")
          .seen(text)
          .allowed("1 to 65535")
          .next("correct --port or MILVUS_PORT")
          .build();
    }
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static Map<String, String> dotenv(Path folder) {
    try {
      Map<String, String> found = new HashMap<>();
      Dotenv dotenv =
          Dotenv.configure().directory(folder.toAbsolutePath().toString()).ignoreIfMissing().load();
      for (DotenvEntry entry : dotenv.entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)) {
        found.put(entry.getKey(), entry.getValue());
      }
      return found;
    } catch (DotenvException e) {
      throw MilvusTlsException.usage("the file .env cannot be read")
          .seen(folder.toAbsolutePath().resolve(".env"))
          .allowed("lines NAME=value")
          .cause(e)
          .build();
    }
  }

  /** Names only: values may be secret. */
  @Override
  public String toString() {
    return "ConnectionEnvironment"
        + values.keySet().stream().filter(name -> name.startsWith("MILVUS_")).sorted().toList();
  }
}
