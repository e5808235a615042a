package org.milvustls.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.TlsMode;

/**
 * Merges the settings of several places, the highest first. For each name the highest place wins.
 * Related values are never mixed: a host, a user, a CA or a client certificate replaces that of
 * lower places, together with its port, server name, password or key. Two alternatives in one place
 * are an error.
 */
final class SettingPlaces {
  private static final String HOST = "MILVUS_HOST";
  private static final String PORT = "MILVUS_PORT";
  private static final String URI_NAME = "MILVUS_URI";
  private static final String DATABASE = "MILVUS_DB";
  private static final String MODE = "MILVUS_TLS";
  private static final String USER = "MILVUS_USER";
  private static final String TOKEN = "MILVUS_TOKEN";
  private static final String PASSWORD = "MILVUS_PASSWORD";
  private static final int DEFAULT_PORT = 19530;

  private static final Unit CLIENT =
      new Unit(
          List.of("MILVUS_CLIENT_CERT"),
          List.of("MILVUS_CLIENT_KEY", "MILVUS_CLIENT_KEY_PASSWORD"));
  private static final List<Unit> UNITS =
      List.of(
          new Unit(List.of(HOST, URI_NAME), List.of(PORT, "MILVUS_SERVER_NAME")),
          new Unit(List.of(USER, TOKEN), List.of(PASSWORD)),
          new Unit(List.of("MILVUS_CA"), List.of("MILVUS_CA_PASSWORD")),
          CLIENT);

  /**
   * Names that belong together.
   *
   * @param heads alternatives; a place names one of them
   * @param parts names that belong to a head of the same place
   */
  private record Unit(List<String> heads, List<String> parts) {
    private List<String> headsIn(Map<String, String> place) {
      return heads.stream().filter(name -> isSet(place, name)).toList();
    }

    private void putAside(Map<String, String> place) {
      place.keySet().removeAll(heads);
      place.keySet().removeAll(parts);
    }
  }

  private final Map<String, String> taken = new HashMap<>();
  private Optional<URI> decidesOnTls = Optional.empty();

  private SettingPlaces() {}

  /** The settings by name, with host, port and database in place of a URI; none is blank. */
  static Map<String, String> merged(List<Map<String, String>> highestFirst) {
    SettingPlaces places = new SettingPlaces();
    highestFirst.forEach(place -> places.take(new HashMap<>(place)));
    places.taken.remove(URI_NAME);
    places.taken.values().removeIf(String::isBlank);
    places.requireModeOfUri();
    return places.taken;
  }

  private void take(Map<String, String> place) {
    for (Unit unit : UNITS) {
      List<String> heads = unit.headsIn(place);
      if (heads.size() > 1) {
        throw contradiction(String.join(" and ", heads));
      }
      if (!heads.isEmpty() && !unit.headsIn(taken).isEmpty()) {
        unit.putAside(place);
      }
    }
    putAsideWhatIsRuledOut(place);
    if (isSet(place, URI_NAME)) {
      spread(place);
    }
    place.forEach(taken::putIfAbsent);
  }

  private void putAsideWhatIsRuledOut(Map<String, String> place) {
    if (isSet(taken, MODE) && !TlsMode.MUTUAL.id().equals(taken.get(MODE))) {
      CLIENT.putAside(place);
    }
    if (isSet(taken, PASSWORD)) {
      place.remove(TOKEN);
    }
    if (decidesOnTls.filter(uri -> "https".equals(uri.getScheme())).isPresent()) {
      place.remove(MODE, TlsMode.OFF.id());
    }
  }

  /** Adds the parts of a URI under their own names. */
  private void spread(Map<String, String> place) {
    URI uri = parse(place.getOrDefault(URI_NAME, ""));
    place.put(HOST, uri.getHost());
    if (uri.getPort() > 0 || !isSet(place, PORT)) {
      put(place, PORT, Integer.toString(uri.getPort() > 0 ? uri.getPort() : DEFAULT_PORT));
    }
    String path = uri.getPath() == null ? "" : uri.getPath().replace("/", "");
    if (!path.isEmpty()) {
      put(place, DATABASE, path);
    }
    if (!isSet(taken, MODE)) {
      decidesOnTls = Optional.of(uri);
    }
  }

  private static void put(Map<String, String> place, String name, String ofUri) {
    if (isSet(place, name) && !ofUri.equals(place.get(name))) {
      throw contradiction(URI_NAME + " and " + name);
    }
    place.put(name, ofUri);
  }

  /**
   * Plaintext is never a fallback: a URI with http needs an explicit mode, and one with https
   * forbids mode off.
   */
  private void requireModeOfUri() {
    TlsMode mode = TlsMode.of(taken.getOrDefault(MODE, TlsMode.SERVER.id()));
    decidesOnTls
        .filter(uri -> "https".equals(uri.getScheme()) != mode.isEncrypted())
        .ifPresent(
            uri -> {
              throw MilvusTlsException.usage(
                      "the URI says " + uri.getScheme() + " and the TLS mode is '" + mode + "'")
                  .seen(uri.getScheme() + "://" + uri.getHost())
                  .next(
                      mode.isEncrypted()
                          ? "write https, or ask for plaintext by name: MILVUS_TLS=off"
                          : "write http, or leave the mode 'off' out")
                  .build();
            });
  }

  private static URI parse(String text) {
    try {
      URI uri = new URI(text);
      boolean known = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (known && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException shownBelow) {
      // The text may contain a password, so it is not shown.
    }
    throw MilvusTlsException.usage(URI_NAME + " is not an address")
        .allowed("https://HOST:PORT or https://HOST:PORT/DATABASE")
        .build();
  }

  private static MilvusTlsException contradiction(String names) {
    return MilvusTlsException.usage("two settings in one place contradict each other")
        .seen(names)
        .next("leave one of them out; the options, the environment and .env are a place each")
        .build();
  }

  private static boolean isSet(Map<String, String> place, String name) {
    return !place.getOrDefault(name, "").isBlank();
  }
}
