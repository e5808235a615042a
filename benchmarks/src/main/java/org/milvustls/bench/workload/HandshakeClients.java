package org.milvustls.bench.workload;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.SessionReuse;
import org.milvustls.client.SdkEngines;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.Identity;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.NettyTls;
import org.milvustls.tls.Resumption;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;
import org.milvustls.tls.TrustSource;

/** Makes the client of a cell, or says why there is none. */
final class HandshakeClients {
  private static final int PORT = 19530;

  private static final Set<KeyType> RSA =
      Set.of(KeyType.RSA_2048, KeyType.RSA_3072, KeyType.RSA_4096);

  private HandshakeClients() {}

  /**
   * A client that asks what the cell says.
   *
   * @param identity shown in mode mutual only
   * @throws MilvusTlsException of usage for what is not available here
   */
  static HandshakeClient of(Cell cell, TrustSource trust, Optional<Identity> identity) {
    Cell.Tls tls = cell.tls().orElseThrow();
    refuse(cell.mode(), tls);
    TlsProvider provider =
        switch (tls.provider()) {
          case BORINGSSL, BORINGSSL_SDK -> TlsProvider.BORINGSSL;
          case JDK, JDK_ACCP, CONSCRYPT, BOUNCY_CASTLE -> TlsProvider.JDK;
        };
    TlsSettings settings = AskedTls.of(cell, provider, trust, identity, Optional.empty());
    return switch (tls.provider()) {
      case JDK, BORINGSSL -> netty(NettyTls.client(settings));
      case BORINGSSL_SDK -> sdk(SdkEngines.of(settings));
      case JDK_ACCP -> AccpClient.of(settings);
      case CONSCRYPT, BOUNCY_CASTLE -> JsseClient.of(tls, settings);
    };
  }

  /** What no build of a provider can; what a build or a JVM lacks is refused by its factory. */
  private static void refuse(TlsMode mode, Cell.Tls tls) {
    boolean boringSsl =
        tls.provider() == ClientProvider.BORINGSSL
            || tls.provider() == ClientProvider.BORINGSSL_SDK
            || tls.provider() == ClientProvider.CONSCRYPT;
    if (tls.namedGroup() == NamedGroup.X25519MLKEM768 && tls.server() == TlsProvider.JDK) {
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
        && mode == TlsMode.MUTUAL
        && tls.protocol() == TlsProtocol.TLS_1_3
        && !RSA.contains(tls.keyType())) {
      throw notAvailable(
          "Bouncy Castle's JSSE asks for a client key by names of TLS 1.3 (EC/secp256r1) that the"
              + " JDK's key manager does not know",
          tls);
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

  /** Whether a client engine's session may be found again: one host and port, or a port each. */
  static boolean resumes(TlsSettings settings) {
    return settings.resumption() == Resumption.OFFERED;
  }

  /** JDK or BoringSSL by the current Netty. */
  private static HandshakeClient netty(NettyTls context) {
    return new NettyEngines(
        host -> context.newEngine(host, PORT),
        NettyTls::release,
        context.provider() == TlsProvider.BORINGSSL,
        NettyTls.describe(context.provider()),
        context::close);
  }

  /** The BoringSSL inside the SDK. */
  private static HandshakeClient sdk(SdkEngines engines) {
    return new NettyEngines(
        host -> engines.newEngine(host, PORT),
        SdkEngines::release,
        true,
        SdkEngines.describe(),
        engines::close);
  }

  /** What the two Nettys have in common. */
  private record NettyEngines(
      Function<String, SSLEngine> maker,
      Consumer<SSLEngine> releaser,
      boolean direct,
      String describe,
      Runnable closer)
      implements HandshakeClient {

    @Override
    public SSLEngine newEngine(String host) {
      return maker.apply(host);
    }

    @Override
    public void release(SSLEngine engine) {
      releaser.accept(engine);
    }

    @Override
    public void close() {
      closer.run();
    }
  }
}
