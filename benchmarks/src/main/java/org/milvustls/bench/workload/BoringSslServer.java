package org.milvustls.bench.workload;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ChainMemory;
import org.milvustls.tls.Identity;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.NettyTls;
import org.milvustls.tls.Resumption;
import org.milvustls.tls.ServerTls;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.TlsProvider;

/**
 * The peer of handshakes in memory with a named group that the JDK lacks: BoringSSL by the current
 * Netty. It has one chain and keeps no sessions, so every handshake is full. It chooses the TLS 1.3
 * cipher suite that it prefers, and {@link Facts} checks it.
 */
final class BoringSslServer implements HandshakeServer {
  private final NettyTls context;

  private BoringSslServer(NettyTls context) {
    this.context = context;
  }

  static BoringSslServer of(
      Cell.Tls tls, TlsMode mode, List<NamedGroup> groups, HandshakeCertificates certificates) {
    if (tls.resumption().resumes() || tls.chain() == ChainMemory.UNSEEN) {
      throw HandshakeClients.notAvailable(
          "the BoringSSL server in memory shows one chain in full handshakes", tls);
    }
    Identity identity = Identity.of(certificates.next(ChainMemory.SEEN), certificates.serverKey());
    return new BoringSslServer(
        NettyTls.server(
            new ServerTls(
                TlsProvider.BORINGSSL,
                identity,
                mode == TlsMode.MUTUAL ? Optional.of(certificates.trust()) : Optional.empty(),
                List.of(tls.protocol()),
                tls.protocol() == TlsProtocol.TLS_1_2 ? List.of(tls.ianaCipherSuite()) : List.of(),
                groups,
                Resumption.NEVER)));
  }

  @Override
  public SSLEngine newEngine(List<X509Certificate> chain) {
    return context.newServerEngine();
  }

  @Override
  public boolean direct() {
    return true;
  }

  @Override
  public void release(SSLEngine engine) {
    NettyTls.release(engine);
  }

  @Override
  public void close() {
    context.close();
  }
}
