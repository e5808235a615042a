package org.milvustls.bench.run;

import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.bench.workload.Target.KeyPair;
import org.milvustls.tls.TlsMode;

/**
 * Servers that the user runs, at most one in each mode.
 *
 * @param endpoints by mode; none: the run starts its own servers
 * @param credentials the files of a client, where there are servers with TLS
 */
public record GivenMilvus(Map<TlsMode, Endpoint> endpoints, Optional<Credentials> credentials) {
  private static final String FORM =
      "MODE=HOST:PORT, such as server=127.0.0.1:19530; MODE is off, server or mutual";

  private static final int HIGHEST_PORT = 65_535;

  public GivenMilvus {
    endpoints = Map.copyOf(endpoints);
    for (TlsMode mode : endpoints.keySet()) {
      if (mode.isEncrypted() && credentials.isEmpty()) {
        throw MilvusTlsException.usage("a server with TLS needs the CA that its clients trust")
            .next("name it with --ca or MILVUS_CA")
            .build();
      }
      if (mode == TlsMode.MUTUAL && credentials.flatMap(Credentials::client).isEmpty()) {
        throw MilvusTlsException.usage("mutual TLS needs a client certificate and its key")
            .next("name them with --cert and --key")
            .build();
      }
    }
  }

  /**
   * Parses the options of a command.
   *
   * @param endpoints each as {@code MODE=HOST:PORT}
   * @param trustAnchors CA certificates, PEM
   * @param certificate of the client
   * @param key of the client
   * @param serverName name in the servers' certificates; empty: the host
   * @throws MilvusTlsException of usage, with the value and the form
   */
  public static GivenMilvus of(
      Collection<String> endpoints,
      Optional<Path> trustAnchors,
      Optional<Path> certificate,
      Optional<Path> key,
      Optional<String> serverName) {
    if (certificate.isPresent() != key.isPresent()) {
      throw MilvusTlsException.usage("a client certificate and its key go together")
          .next("give both --cert and --key, or neither")
          .build();
    }
    Optional<KeyPair> client =
        certificate.flatMap(
            file -> key.map(k -> new KeyPair(file.toAbsolutePath(), k.toAbsolutePath())));
    return new GivenMilvus(
        parse(endpoints),
        trustAnchors.map(ca -> new Credentials(ca.toAbsolutePath(), client, serverName)));
  }

  /**
   * Reads {@code MODE=HOST:PORT}.
   *
   * @throws MilvusTlsException of usage, with the value and the form
   */
  static Map<TlsMode, Endpoint> parse(Collection<String> texts) {
    Map<TlsMode, Endpoint> endpoints = new EnumMap<>(TlsMode.class);
    for (String text : texts) {
      Endpoint endpoint = parse(text);
      if (endpoints.put(endpoint.mode(), endpoint) != null) {
        throw MilvusTlsException.usage("two endpoints of one mode")
            .seen(text)
            .allowed("one each for off, server and mutual")
            .build();
      }
    }
    return endpoints;
  }

  private static Endpoint parse(String text) {
    int equals = text.indexOf('=');
    int colon = text.lastIndexOf(':');
    if (equals < 1 || colon < equals + 2) {
      throw noEndpoint(text);
    }
    String host = text.substring(equals + 1, colon).replaceAll("^\\[|]$", "");
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port >= 1 && port <= HIGHEST_PORT && !host.contains("/")) {
        return Endpoint.given(host, port, TlsMode.of(text.substring(0, equals)));
      }
    } catch (NumberFormatException e) {
      // Not a port: the exception below says so.
    }
    throw noEndpoint(text);
  }

  private static MilvusTlsException noEndpoint(String text) {
    return MilvusTlsException.usage("not an endpoint").seen(text).allowed(FORM).build();
  }
}
