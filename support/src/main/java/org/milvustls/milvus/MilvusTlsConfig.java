package org.milvustls.milvus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.TlsMode;

/**
 * The TLS settings of the external listener of a Milvus server, with paths on the server. The
 * environment names correspond to the yaml keys {@code common.security.tlsMode}, {@code tls.*} and
 * {@code proxy.http.*}, read by every Milvus from 2.3 to 3.0 ({@code internal/proxy/service.go},
 * {@code pkg/util/paramtable}); the environment overrides the files.
 *
 * <p>REST has a port of its own or is off, but never shares the port of gRPC. With TLS on, 2.3
 * silently removes REST from the shared port, and later versions do not start.
 *
 * @param mode off, server or mutual
 * @param serverPemPath absolute path of the server's chain, leaf first; present when encrypted
 * @param serverKeyPath absolute path of the server's key, PEM; present when encrypted
 * @param caPemPath absolute path of the CA certificates that client certificates must chain to;
 *     present only in mode mutual, because Milvus reads it only there
 * @param restPort port of the REST API, which follows the mode; empty: REST is switched off
 */
public record MilvusTlsConfig(
    TlsMode mode,
    Optional<String> serverPemPath,
    Optional<String> serverKeyPath,
    Optional<String> caPemPath,
    OptionalInt restPort) {

  public MilvusTlsConfig {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(restPort, "restPort");
    check("server certificate (tls.serverPemPath)", serverPemPath, mode, mode.isEncrypted());
    check("server key (tls.serverKeyPath)", serverKeyPath, mode, mode.isEncrypted());
    check("client CA (tls.caPemPath)", caPemPath, mode, mode == TlsMode.MUTUAL);
    if (restPort.isPresent() && (restPort.getAsInt() < 1 || restPort.getAsInt() > 65535)) {
      throw MilvusTlsException.usage("the REST port is not a port")
          .seen(restPort.getAsInt())
          .allowed("1 to 65535")
          .build();
    }
  }

  /** Plaintext. */
  public static MilvusTlsConfig off() {
    return new MilvusTlsConfig(
        TlsMode.OFF, Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty());
  }

  /** The server shows a certificate. */
  public static MilvusTlsConfig server(String serverPemPath, String serverKeyPath) {
    return new MilvusTlsConfig(
        TlsMode.SERVER,
        Optional.of(serverPemPath),
        Optional.of(serverKeyPath),
        Optional.empty(),
        OptionalInt.empty());
  }

  /**
   * Both sides show a certificate; the server accepts any client whose chain ends in {@code
   * caPemPath}.
   */
  public static MilvusTlsConfig mutual(
      String serverPemPath, String serverKeyPath, String caPemPath) {
    return new MilvusTlsConfig(
        TlsMode.MUTUAL,
        Optional.of(serverPemPath),
        Optional.of(serverKeyPath),
        Optional.of(caPemPath),
        OptionalInt.empty());
  }

  /** A copy with the REST API on a port of its own. */
  public MilvusTlsConfig withRestPort(int port) {
    return new MilvusTlsConfig(mode, serverPemPath, serverKeyPath, caPemPath, OptionalInt.of(port));
  }

  /** The settings as environment variables of the server's process, in a fixed order. */
  public Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("COMMON_SECURITY_TLSMODE", Integer.toString(mode.milvusValue()));
    serverPemPath.ifPresent(path -> environment.put("TLS_SERVERPEMPATH", path));
    serverKeyPath.ifPresent(path -> environment.put("TLS_SERVERKEYPATH", path));
    caPemPath.ifPresent(path -> environment.put("TLS_CAPEMPATH", path));
    environment.put("PROXY_HTTP_ENABLED", Boolean.toString(restPort.isPresent()));
    restPort.ifPresent(port -> environment.put("PROXY_HTTP_PORT", Integer.toString(port)));
    return environment;
  }

  private static void check(String what, Optional<String> path, TlsMode mode, boolean needed) {
    if (needed && path.isEmpty()) {
      throw MilvusTlsException.usage("TLS mode " + mode + " needs a " + what)
          .next("name the file as the server sees it, with an absolute path")
          .build();
    }
    if (!needed && path.isPresent()) {
      throw MilvusTlsException.usage("Milvus does not read a " + what + " in TLS mode " + mode)
          .seen(path.get())
          .next("leave it out, or choose the mode that reads it")
          .build();
    }
    // Milvus would resolve a relative path against its working directory, where images contain a
    // published key pair.
    if (path.isPresent() && !path.get().startsWith("/")) {
      throw MilvusTlsException.usage("the path of the " + what + " is not absolute")
          .seen(path.get())
          .allowed("a path that begins with '/'")
          .build();
    }
  }
}
