package org.milvustls.monitor.alert;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.PemFiles;

/** A channel entry of the alert settings file. */
final class ChannelEntry {
  /** Time limit of one attempt. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final int HIGHEST_PORT = 65_535;
  private static final String TYPES = "webhook, slack, dingtalk, email";
  private final Path file;
  private final Map<?, ?> map;
  private final Map<String, String> environment;

  private ChannelEntry(Path file, Map<?, ?> map, Map<String, String> environment) {
    this.file = file;
    this.map = map;
    this.environment = environment;
  }

  static ChannelEntry of(Path file, @Nullable Object value, Map<String, String> environment) {
    if (!(value instanceof Map<?, ?> map)) {
      throw MilvusTlsException.usage(file + ": not alerts")
          .allowed("keys repeat and channels; of a channel type: " + TYPES)
          .build();
    }
    return new ChannelEntry(file, map, environment);
  }

  AlertChannel channel() {
    String type = required("type");
    String name = text("name").orElse(type);
    return switch (type) {
      case "webhook" -> {
        allow(Set.of("url", "url-env", "url-file", "token-env", "token-file", "ca"));
        yield http(name, HttpForm.WEBHOOK, secret("token"));
      }
      case "slack" -> {
        allow(Set.of("url-env", "url-file", "ca"));
        yield http(name, HttpForm.SLACK, Optional.empty());
      }
      case "dingtalk" -> {
        allow(Set.of("url-env", "url-file", "secret-env", "secret-file", "ca"));
        yield http(name, HttpForm.DINGTALK, secret("secret"));
      }
      case "email" -> mail(name);
      default -> throw wrong("an unknown type of channel").seen(type).allowed(TYPES).build();
    };
  }

  private HttpChannel http(String name, HttpForm form, Optional<Secret> key) {
    Secret address =
        secret("url")
            .or(() -> text("url").map(Secret::open))
            .orElseThrow(
                () ->
                    wrong("a channel has no address")
                        .seen(name)
                        .allowed("url-env, url-file" + (form == HttpForm.WEBHOOK ? ", url" : ""))
                        .build());
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT);
    trust().ifPresent(client::sslContext);
    return new HttpChannel(name, form, uri(name, address), key, client.build(), LIMIT);
  }

  /** The address may be a secret, so it is never shown. */
  private URI uri(String name, Secret address) {
    URI uri;
    try {
      uri = new URI(address.value());
    } catch (URISyntaxException e) {
      throw badAddress(name);
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !Set.of("http", "https").contains(scheme)) {
      throw badAddress(name);
    }
    return uri;
  }

  private MilvusTlsException badAddress(String name) {
    return wrong("the address of a channel is none")
        .seen(name)
        .allowed("https://HOST/... or http://HOST/...")
        .build();
  }

  private MailChannel mail(String name) {
    allow(
        Set.of(
            "host",
            "port",
            "security",
            "user",
            "password-env",
            "password-file",
            "from",
            "to",
            "ca"));
    MailChannel.Security security = security();
    int port =
        switch (security) {
          case STARTTLS -> 587;
          case TLS -> 465;
          case NONE -> 25;
        };
    MailChannel.Server server =
        new MailChannel.Server(
            required("host"), text("port").map(this::port).orElse(port), security, trust());
    Optional<String> user = text("user");
    Optional<Secret> password = secret("password");
    if (user.isPresent() != password.isPresent()) {
      throw wrong("a user needs a password, and a password its user").seen(name).build();
    }
    List<InternetAddress> to = new ArrayList<>();
    list("to").forEach(each -> to.add(address(String.valueOf(each))));
    return new MailChannel(
        name,
        server,
        user.flatMap(who -> password.map(word -> new MailChannel.Login(who, word))),
        address(required("from")),
        to,
        LIMIT);
  }

  private MailChannel.Security security() {
    String text = text("security").orElse("starttls");
    return switch (text) {
      case "starttls" -> MailChannel.Security.STARTTLS;
      case "tls" -> MailChannel.Security.TLS;
      case "none" -> MailChannel.Security.NONE;
      default ->
          throw wrong("an unknown security of e-mail")
              .seen(text)
              .allowed("starttls, tls, none")
              .build();
    };
  }

  private int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= HIGHEST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // The exception below reports it.
    }
    throw wrong("not a port").seen(text).allowed("1 to 65535").build();
  }

  private InternetAddress address(String text) {
    try {
      return new InternetAddress(text, true);
    } catch (AddressException e) {
      throw wrong("not an e-mail address").seen(text).cause(e).build();
    }
  }

  private Optional<SSLContext> trust() {
    return text("ca").map(ca -> Trust.of(PemFiles.certificates(beside(ca))));
  }

  private Optional<Secret> secret(String key) {
    Optional<String> variable = text(key + "-env");
    Optional<String> path = text(key + "-file");
    if (variable.isPresent() && path.isPresent()) {
      throw wrong("a secret has two places").seen(key).allowed("-env or -file").build();
    }
    return variable
        .map(name -> Secret.fromEnvironment(name, environment))
        .or(() -> path.map(name -> Secret.fromFile(beside(name))));
  }

  private Path beside(String name) {
    return file.toAbsolutePath().resolveSibling(name).normalize();
  }

  /** Refuses unknown keys; does not show a secret in the file itself. */
  void allow(Set<String> keys) {
    Set<String> allowed = new TreeSet<>(keys);
    if (map.containsKey("type")) {
      allowed.addAll(Set.of("type", "name"));
    }
    for (Object key : map.keySet()) {
      if (!allowed.contains(String.valueOf(key))) {
        MilvusTlsException.Builder error =
            wrong("an unknown key").seen(key).allowed(String.join(", ", allowed));
        if (allowed.contains(key + "-file")) {
          error.next("keep it in a file of its own or in the environment: it is a secret");
        }
        throw error.build();
      }
    }
  }

  List<?> list(String key) {
    if (!(map.get(key) instanceof List<?> list) || list.isEmpty()) {
      throw wrong("there is no list of " + key).allowed(key + ": with one entry or more").build();
    }
    return list;
  }

  private String required(String key) {
    return text(key)
        .orElseThrow(() -> wrong("a channel needs a key that is not there").seen(key).build());
  }

  Optional<String> text(String key) {
    return Optional.ofNullable(map.get(key)).map(String::valueOf);
  }

  MilvusTlsException.Builder wrong(String what) {
    return MilvusTlsException.usage(file + ": " + what);
  }
}
