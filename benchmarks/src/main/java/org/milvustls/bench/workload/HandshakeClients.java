package org.milvustls.bench.workload;

import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.SessionReuse;
import org.milvustls.client.SdkEngines;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.NettyTls;
import org.milvustls.tls.Resumption;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;

/** Makes the client of a cell, or says why there is none. */
final class HandshakeClients {
  private static final int PORT = 19530;

  private HandshakeClients() {}

  /**
   * A client that asks what the cell says.
   *
   * @throws MilvusTlsException of usage for what is not available here
   */
  static HandshakeClient of(Cell cell, HandshakeCertificates certificates) {
    Cell.Tls tls = cell.tls().orElseThrow();
    refuse(tls);
    return switch (tls.provider()) {
      case JDK -> new Netty(settings(cell, certificates, TlsProvider.JDK));
      case BORINGSSL -> new Netty(settings(cell, certificates, TlsProvider.BORINGSSL));
      case BORINGSSL_SDK -> new Sdk(settings(cell, certificates, TlsProvider.BORINGSSL));
      case JDK_ACCP -> AccpClient.of(settings(cell, certificates, TlsProvider.JDK));
      case CONSCRYPT, BOUNCY_CASTLE ->
          JsseClient.of(tls, settings(cell, certificates, TlsProvider.JDK));
    };
  }

  /** What no build of a provider can; what a build or a JVM lacks is refused by its factory. */
  private static void refuse(Cell.Tls tls) {
    boolean boringSsl =
        tls.provider() == ClientProvider.BORINGSSL
            || tls.provider() == ClientProvider.BORINGSSL_SDK
            || tls.provider() == ClientProvider.CONSCRYPT;
    if (tls.namedGroup() == NamedGroup.X25519MLKEM768) {
      throw notAvailable("the server in memory is the JDK's, and the JDK lacks the group", tls);
    }
    if (boringSsl && tls.keyType() == KeyType.ED25519) {
      throw notAvailable("clients on BoringSSL accept no Ed25519 certificate", tls);
    }
    if (tls.provider() == ClientProvider.CONSCRYPT
        && tls.protocol() == TlsProtocol.TLS_1_3
        && tls.namedGroup() != NamedGroup.X25519) {
      throw notAvailable("Conscrypt takes no named group, and sends a key of X25519 only", tls);
    }
    if (tls.provider() == ClientProvider.BOUNCY_CASTLE
        && tls.resumption().resumes()
        && tls.protocol() == TlsProtocol.TLS_1_3) {
      throw notAvailable("Bouncy Castle's JSSE resumes no session of TLS 1.3", tls);
    }
    if (tls.provider() == ClientProvider.BOUNCY_CASTLE && tls.resumption() == SessionReuse.TICKET) {
      throw notAvailable("Bouncy Castle's JSSE knows no tickets", tls);
    }
    if (tls.provider() == ClientProvider.BORINGSSL_SDK
        && tls.resumption() == SessionReuse.TICKET
        && tls.protocol() == TlsProtocol.TLS_1_3) {
      throw notAvailable(
          "the Netty of the SDK (4.1.97) resumes every second TLS 1.3 connection only", tls);
    }
  }

  static MilvusTlsException notAvailable(String reason, Cell.Tls tls) {
    return MilvusTlsException.usage(reason)
        .seen(
            String.join(
                ", ",
                tls.provider().id(),
                tls.protocol().id(),
                tls.namedGroup().id(),
                tls.keyType().id(),
                tls.resumption().id()))
        .build();
  }

  private static TlsSettings settings(
      Cell cell, HandshakeCertificates certificates, TlsProvider provider) {
    return AskedTls.of(
        cell, provider, certificates.trust(), Optional.of(certificates.client()), Optional.empty());
  }

  /** Whether a client engine's session may be found again: one host and port, or a port each. */
  static boolean resumes(TlsSettings settings) {
    return settings.resumption() == Resumption.OFFERED;
  }

  /** JDK or BoringSSL by the current Netty. */
  private static final class Netty implements HandshakeClient {
    private final NettyTls context;

    Netty(TlsSettings settings) {
      this.context = NettyTls.client(settings);
    }

    @Override
    public SSLEngine newEngine(String host) {
      return context.newEngine(host, PORT);
    }

    @Override
    public void release(SSLEngine engine) {
      NettyTls.release(engine);
    }

    @Override
    public boolean direct() {
      return context.provider() == TlsProvider.BORINGSSL;
    }

    @Override
    public String describe() {
      return NettyTls.describe(context.provider());
    }

    @Override
    public void close() {
      context.close();
    }
  }

  /** The BoringSSL inside the SDK. */
  private static final class Sdk implements HandshakeClient {
    private final SdkEngines engines;

    Sdk(TlsSettings settings) {
      this.engines = SdkEngines.of(settings);
    }

    @Override
    public SSLEngine newEngine(String host) {
      return engines.newEngine(host, PORT);
    }

    @Override
    public void release(SSLEngine engine) {
      SdkEngines.release(engine);
    }

    @Override
    public boolean direct() {
      return true;
    }

    @Override
    public String describe() {
      return SdkEngines.describe();
    }

    @Override
    public void close() {
      engines.close();
    }
  }
}
