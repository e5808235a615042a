package org.milvustls.bench.workload;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ChainMemory;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.SessionReuse;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.HandshakeParser;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.WireCount;

/**
 * What one handshake sends and computes, as counts that no machine and no run changes. Two things
 * do vary and are taken out: certificates, which each run makes anew, are not counted; and a
 * signature of ECDSA is as long as its two numbers happen to be (a byte or two), so the largest of
 * many handshakes counts, in which both numbers are of full length.
 */
record HandshakeCounts(Side client, Side server) {
  private static final String OF_A_SIDE =
      "flights,records,bytes,signed,verified,keys,agreed,operations";
  static final String HEADER =
      "cell,"
          + Stream.of("client", "server")
              .flatMap(side -> Stream.of(OF_A_SIDE.split(",")).map(what -> side + " " + what))
              .collect(Collectors.joining(","));

  /** A full-length signature has a chance of one in four each time: missed once in 1e6 cells. */
  private static final int WITH_ECDSA = 48;

  private static final int WITHOUT = 2;

  /**
   * What one side sent and did.
   *
   * @param bytes record headers included, certificates not; absent where a ticket of the JDK is
   *     sent, whose size depends on the release of the JDK and on the certificates, and where each
   *     handshake shows another leaf
   * @param operations of the last handshake
   * @param counted whether the JVM carried them out, so that they were counted; otherwise they are
   *     those that the protocol asks for, and the signatures of certificates that were counted
   */
  record Side(
      long flights,
      long records,
      Optional<Long> bytes,
      PublicKeyOperations operations,
      boolean counted) {
    private String csv() {
      return String.join(
          ",",
          "" + flights,
          "" + records,
          bytes.map(String::valueOf).orElse("-"),
          operations.csv(),
          counted ? "counted" : "derived");
    }
  }

  static HandshakeCounts of(Cell cell) {
    CountingProvider provider = CountingProvider.install();
    try {
      return of(cell, provider);
    } finally {
      provider.remove();
    }
  }

  private static HandshakeCounts of(Cell cell, CountingProvider provider) {
    Cell.Tls tls = cell.tls().orElseThrow();
    boolean full = !tls.resumption().resumes();
    HandshakeCertificates certificates =
        HandshakeCertificates.of(tls.keyType(), tls.certificates());
    long shown = full ? size(certificates.next(tls.chain())) : 0;
    long shownByClient =
        full && cell.mode() == TlsMode.MUTUAL ? size(certificates.clientChain()) : 0;
    boolean bytes = tls.resumption() != SessionReuse.TICKET && tls.chain() == ChainMemory.SEEN;
    int handshakes = bytes && full && isEcdsa(tls.keyType()) ? WITH_ECDSA : WITHOUT;
    WireCount client = new WireCount(0, 0, 0);
    WireCount server = client;
    CountedClient counted =
        new CountedClient(
            HandshakeClients.of(cell, certificates.trust(), Optional.of(certificates.client())),
            provider);
    certificates.prepare(tls.chain());
    try (HandshakeWorkload workload =
        new HandshakeWorkload(
            cell,
            certificates,
            counted,
            HandshakeServer.of(tls, cell.mode(), AskedTls.groups(tls), certificates),
            HandshakeCertificates.HOST)) {
      // The first is full, and the one in which certificates are met for the first time.
      workload.watch();
      for (int i = 0; i < handshakes; i++) {
        counted.reset();
        HandshakeParser wire = workload.watch();
        client = larger(client, wire.clientCount());
        server = larger(server, wire.serverCount());
      }
    }
    return new HandshakeCounts(
        side(
            client,
            bytes ? Optional.of(shownByClient) : Optional.empty(),
            counted.client(),
            PublicKeyOperations.ofTheProtocol(cell, true),
            tls.provider() == ClientProvider.JDK),
        side(
            server,
            bytes ? Optional.of(shown) : Optional.empty(),
            counted.server(),
            PublicKeyOperations.ofTheProtocol(cell, false),
            tls.server() == TlsProvider.JDK));
  }

  /** Tells the provider's counts of the client's work from those of the server's. */
  private static final class CountedClient implements HandshakeClient {
    private final HandshakeClient client;
    private final CountingProvider provider;
    private PublicKeyOperations ofClient = PublicKeyOperations.NONE;
    private PublicKeyOperations ofServer = PublicKeyOperations.NONE;

    CountedClient(HandshakeClient client, CountingProvider provider) {
      this.client = client;
      this.provider = provider;
    }

    void reset() {
      provider.take();
      ofClient = PublicKeyOperations.NONE;
      ofServer = PublicKeyOperations.NONE;
    }

    PublicKeyOperations client() {
      return ofClient;
    }

    PublicKeyOperations server() {
      return ofServer.plus(provider.take());
    }

    @Override
    public void enter() {
      ofServer = ofServer.plus(provider.take());
      client.enter();
    }

    @Override
    public void leave() {
      client.leave();
      ofClient = ofClient.plus(provider.take());
    }

    @Override
    public SSLEngine newEngine(String host) {
      return client.newEngine(host);
    }

    @Override
    public void release(SSLEngine engine) {
      client.release(engine);
    }

    @Override
    public boolean direct() {
      return client.direct();
    }

    @Override
    public String describe() {
      return client.describe();
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private static boolean isEcdsa(KeyType type) {
    return type == KeyType.ECDSA_P256 || type == KeyType.ECDSA_P384;
  }

  private static WireCount larger(WireCount left, WireCount right) {
    return left.bytes() > right.bytes() ? left : right;
  }

  /**
   * One side.
   *
   * @param certificates bytes that do not count; absent: bytes are not counted
   * @param seen by the counting provider; of another implementation only what it leaves to the JVM:
   *     signatures of certificates
   */
  private static Side side(
      WireCount count,
      Optional<Long> certificates,
      PublicKeyOperations seen,
      PublicKeyOperations ofTheProtocol,
      boolean counted) {
    return new Side(
        count.flights(),
        count.records(),
        certificates.map(size -> count.bytes() - size),
        counted ? seen : ofTheProtocol.plus(new PublicKeyOperations(0, seen.verified(), 0, 0)),
        counted);
  }

  private static long size(List<X509Certificate> chain) {
    long bytes = 0;
    for (X509Certificate certificate : chain) {
      try {
        bytes += certificate.getEncoded().length;
      } catch (CertificateEncodingException e) {
        throw new IllegalStateException(e);
      }
    }
    return bytes;
  }

  /** Without the cell's name, as in the columns of {@link #HEADER}. */
  String csv() {
    return client.csv() + "," + server.csv();
  }
}
