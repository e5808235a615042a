package org.milvustls.bench.workload;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.Profile;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.HandshakeParser;
import org.milvustls.tls.ServerHello;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.WireCount;

/**
 * Counts of one handshake that no machine, no run and no release of Java changes, and what was
 * negotiated. Its bytes do depend on the release: {@link HandshakeBytes}.
 */
record HandshakeCounts(Negotiated negotiated, Side client, Side server) {
  private static final String OF_A_SIDE = "flights,records,signed,verified,keys,agreed,operations";
  static final String HEADER =
      "cell,protocol,cipher suite,group,resumed,retried,"
          + Stream.of("client", "server")
              .flatMap(side -> Stream.of(OF_A_SIDE.split(",")).map(what -> side + " " + what))
              .collect(Collectors.joining(","));

  /** Facts that both hellos say in the clear. */
  record Negotiated(ServerHello hello, boolean retried) {
    private static Negotiated of(HandshakeParser wire) {
      return new Negotiated(wire.serverHello().orElseThrow(), wire.helloRetryRequest());
    }

    private String csv() {
      return String.join(
          ",",
          hello.protocol(),
          hello.cipherSuite(),
          hello.namedGroup().orElse("-"),
          hello.resumed() ? "resumed" : "full",
          retried ? "retried" : "-");
    }
  }

  /**
   * What one side sent and did.
   *
   * @param counted whether the JVM carried the operations out, so that they were counted; otherwise
   *     they are those that the protocol asks for, and the signatures of certificates that were
   *     counted
   */
  record Side(long flights, long records, PublicKeyOperations operations, boolean counted) {
    private String csv() {
      return String.join(
          ",", "" + flights, "" + records, operations.csv(), counted ? "counted" : "derived");
    }
  }

  /** Every handshake cell, but keys of 4096 bits, which take long to make. */
  static Stream<Cell> cells() {
    return Suite.HANDSHAKE.groups(Profile.MATRIX).stream()
        .flatMap(group -> group.comparisons().stream())
        .flatMap(
            comparison ->
                Stream.concat(Stream.of(comparison.baseline()), comparison.cells().stream()))
        .distinct()
        .filter(cell -> cell.tls().orElseThrow().keyType() != KeyType.RSA_4096);
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
    HandshakeCertificates certificates =
        HandshakeCertificates.of(tls.keyType(), tls.certificates());
    CountedClient client =
        new CountedClient(
            HandshakeClients.of(cell, certificates.trust(), Optional.of(certificates.client())),
            provider);
    certificates.prepare(tls.chain());
    try (HandshakeWorkload workload =
        new HandshakeWorkload(
            cell,
            certificates,
            client,
            HandshakeServer.of(tls, cell.mode(), AskedTls.groups(tls), certificates),
            HandshakeCertificates.HOST)) {
      // The first is full, and the one in which certificates are met for the first time.
      workload.watch();
      client.reset();
      HandshakeParser wire = workload.watch();
      return new HandshakeCounts(
          Negotiated.of(wire),
          side(
              wire.clientCount(),
              client.client(),
              PublicKeyOperations.ofTheProtocol(cell, true),
              tls.provider() == ClientProvider.JDK),
          side(
              wire.serverCount(),
              client.server(),
              PublicKeyOperations.ofTheProtocol(cell, false),
              tls.server() == TlsProvider.JDK));
    }
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

  /**
   * One side.
   *
   * @param seen by the counting provider; of another implementation only what it leaves to the JVM:
   *     signatures of certificates
   */
  private static Side side(
      WireCount count,
      PublicKeyOperations seen,
      PublicKeyOperations ofTheProtocol,
      boolean counted) {
    return new Side(
        count.flights(),
        count.records(),
        counted ? seen : ofTheProtocol.plus(new PublicKeyOperations(0, seen.verified(), 0, 0)),
        counted);
  }

  /** Without the cell's name, as in the columns of {@link #HEADER}. */
  String csv() {
    return String.join(",", negotiated.csv(), client.csv(), server.csv());
  }
}
