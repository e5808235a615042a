package org.milvustls.milvus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;

/**
 * Configuration of a proxy that terminates TLS in front of a plaintext Milvus. It adds settings
 * that Milvus lacks: a minimum version and cipher suites. Only the proxy may then be able to reach
 * Milvus.
 *
 * @param tls mode and files on the proxy; the REST port is ignored
 * @param listen port of the proxy
 * @param upstreamHost name or address of the plaintext Milvus
 * @param upstreamPort port of its gRPC
 * @param minimum lowest version that the proxy accepts
 * @param cipherSuites names of the IANA registry; empty: those of {@link #CIPHER_SUITES} for the
 *     versions
 */
public record ProxyRender(
    MilvusTlsConfig tls,
    int listen,
    String upstreamHost,
    int upstreamPort,
    TlsProtocol minimum,
    List<String> cipherSuites) {

  /** Every supported suite with its OpenSSL name: AEAD with ephemeral keys only. */
  public static final Map<String, String> CIPHER_SUITES = suites();

  private static final int HIGHEST_PORT = 65_535;

  public ProxyRender {
    Objects.requireNonNull(minimum, "minimum");
    if (tls.mode() == TlsMode.OFF) {
      throw MilvusTlsException.usage("there is nothing to configure for plaintext")
          .allowed("server, mutual")
          .build();
    }
    for (int port : new int[] {listen, upstreamPort}) {
      if (port < 1 || port > HIGHEST_PORT) {
        throw MilvusTlsException.usage("not a port").seen(port).allowed("1 to 65535").build();
      }
    }
    if (!upstreamHost.matches("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]")) {
      throw MilvusTlsException.usage("not a host name or address").seen(upstreamHost).build();
    }
    for (String suite : cipherSuites) {
      if (!CIPHER_SUITES.containsKey(suite)) {
        throw MilvusTlsException.usage("not a cipher suite that a proxy should accept")
            .seen(suite)
            .allowed(String.join(", ", CIPHER_SUITES.keySet()))
            .build();
      }
    }
    cipherSuites =
        cipherSuites.isEmpty() ? List.copyOf(CIPHER_SUITES.keySet()) : List.copyOf(cipherSuites);
    requireSuites(minimum, cipherSuites);
  }

  private static void requireSuites(TlsProtocol minimum, List<String> suites) {
    if (minimum == TlsProtocol.TLS_1_3 && suites.stream().noneMatch(ProxyRender::isTls13)) {
      throw MilvusTlsException.usage("none of the cipher suites is one of TLS 1.3")
          .seen(String.join(", ", suites))
          .next("name a suite of TLS 1.3, or lower the minimum to tls1.2")
          .build();
    }
  }

  private static Map<String, String> suites() {
    Map<String, String> suites = new LinkedHashMap<>();
    suites.put("TLS_AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256");
    suites.put("TLS_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384");
    suites.put("TLS_CHACHA20_POLY1305_SHA256", "TLS_CHACHA20_POLY1305_SHA256");
    for (String key : List.of("ECDSA", "RSA")) {
      String iana = "TLS_ECDHE_" + key + "_WITH_";
      String openssl = "ECDHE-" + key + "-";
      suites.put(iana + "AES_128_GCM_SHA256", openssl + "AES128-GCM-SHA256");
      suites.put(iana + "AES_256_GCM_SHA384", openssl + "AES256-GCM-SHA384");
      suites.put(iana + "CHACHA20_POLY1305_SHA256", openssl + "CHACHA20-POLY1305");
    }
    return suites;
  }

  private static boolean isTls13(String suite) {
    return !suite.contains("_WITH_");
  }

  private List<String> named(boolean tls13) {
    return cipherSuites.stream()
        .filter(suite -> isTls13(suite) == tls13)
        .map(CIPHER_SUITES::get)
        .toList();
  }

  private boolean hasTls12() {
    return minimum == TlsProtocol.TLS_1_2 && !named(false).isEmpty();
  }

  private boolean hasTls13() {
    return !named(true).isEmpty();
  }

  /** The text in this format, with remarks as comments. */
  public String in(ConfigFormat format) {
    return switch (format) {
      case NGINX -> remarks("Tested with nginx 1.22.") + nginx();
      case ENVOY -> remarks("Tested with Envoy 1.40.") + envoy();
      default ->
          throw MilvusTlsException.usage("not a proxy")
              .seen(format)
              .allowed("nginx, envoy")
              .build();
    };
  }

  private String remarks(String tested) {
    return List.of(
            "Ends TLS in front of Milvus, mode " + tls.mode() + ". " + tested,
            "Milvus itself stays in plaintext (common.security.tlsMode 0): only this proxy may"
                + " reach its port.",
            "Milvus sees the proxy as its client; users and passwords pass through.")
        .stream()
        .map(line -> "# " + line + "\n")
        .collect(Collectors.joining());
  }

  /** For {@code /etc/nginx/conf.d}: a server block, with gRPC kept open as clients expect. */
  private String nginx() {
    StringBuilder text = new StringBuilder();
    text.append(
        "# From 1.25.1 on nginx wants 'http2 on;' in place of 'listen ... http2' and says so.\n");
    text.append("server {\n");
    text.append("  listen ").append(listen).append(" ssl http2;\n");
    text.append("  ssl_certificate ").append(tls.serverPemPath().orElseThrow()).append(";\n");
    text.append("  ssl_certificate_key ").append(tls.serverKeyPath().orElseThrow()).append(";\n");
    text.append("  ssl_protocols")
        .append(hasTls12() ? " TLSv1.2" : "")
        .append(hasTls13() ? " TLSv1.3" : "")
        .append(";\n");
    if (hasTls12()) {
      text.append("  ssl_ciphers ").append(String.join(":", named(false))).append(";\n");
    }
    if (hasTls13()) {
      text.append("  ssl_conf_command Ciphersuites ")
          .append(String.join(":", named(true)))
          .append(";\n");
    }
    tls.caPemPath()
        .ifPresent(
            ca ->
                text.append("  ssl_client_certificate ")
                    .append(ca)
                    .append(";\n  ssl_verify_client on;\n  ssl_verify_depth 3;\n"));
    text.append(
        """
          # Clients keep one connection open and insert by large messages.
          client_max_body_size 0;
          keepalive_timeout 1h;
          keepalive_requests 1000000000;
          location / {
            grpc_pass grpc://%s:%d;
            grpc_read_timeout 10m;
            grpc_send_timeout 10m;
          }
        }
        """
            .formatted(upstreamHost, upstreamPort));
    return text.toString();
  }

  private String envoy() {
    Optional<String> suites =
        hasTls12()
            ? Optional.of("cipher_suites: [" + String.join(", ", named(false)) + "]")
            : Optional.empty();
    Optional<String> clientCa =
        tls.caPemPath().map(ca -> "validation_context: {trusted_ca: {filename: \"" + ca + "\"}}");
    return """
        # Envoy chooses among all suites of TLS 1.3 by itself: cipher_suites are those of TLS 1.2.
        static_resources:
          listeners:
          - name: milvus
            address: {socket_address: {address: 0.0.0.0, port_value: %d}}
            filter_chains:
            - transport_socket:
                name: envoy.transport_sockets.tls
                typed_config:
                  "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
                  require_client_certificate: %b
                  common_tls_context:
                    alpn_protocols: [h2]
                    tls_params:
                      tls_minimum_protocol_version: %s
                      tls_maximum_protocol_version: %s
        %s            tls_certificates:
                    - certificate_chain: {filename: "%s"}
                      private_key: {filename: "%s"}
        %s      filters:
              - name: envoy.filters.network.http_connection_manager
                typed_config:
                  "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                  codec_type: HTTP2
                  stat_prefix: milvus
                  stream_idle_timeout: 600s
                  route_config:
                    virtual_hosts:
                    - name: milvus
                      domains: ["*"]
                      routes:
                      - match: {prefix: /}
                        route: {cluster: milvus, timeout: 0s}
                  http_filters:
                  - name: envoy.filters.http.router
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
          clusters:
          - name: milvus
            type: STRICT_DNS
            connect_timeout: 5s
            typed_extension_protocol_options:
              envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                explicit_http_config: {http2_protocol_options: {}}
            load_assignment:
              cluster_name: milvus
              endpoints:
              - lb_endpoints:
                - endpoint: {address: {socket_address: {address: "%s", port_value: %d}}}
        """
        .formatted(
            listen,
            tls.mode() == TlsMode.MUTUAL,
            envoyVersion(minimum),
            hasTls13() ? "TLSv1_3" : "TLSv1_2",
            suites.map(line -> " ".repeat(14) + line + "\n").orElse(""),
            tls.serverPemPath().orElseThrow(),
            tls.serverKeyPath().orElseThrow(),
            clientCa.map(line -> " ".repeat(12) + line + "\n").orElse(""),
            upstreamHost.replaceAll("[\\[\\]]", ""),
            upstreamPort);
  }

  private static String envoyVersion(TlsProtocol protocol) {
    return protocol == TlsProtocol.TLS_1_3 ? "TLSv1_3" : "TLSv1_2";
  }
}
