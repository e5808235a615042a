package org.milvustls.bench.workload;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.milvustls.bench.result.Measurement.Wire;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.SessionReuse;
import org.milvustls.tls.HandshakeParser;
import org.milvustls.tls.NegotiatedSession;
import org.milvustls.tls.ServerHello;
import org.milvustls.tls.ServerHelloReader;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.WireReader;

/**
 * A handshake of two engines in memory. The client is of the cell's provider; the server is of the
 * JDK or, for a named group that the JDK lacks, of BoringSSL. Chain and host name are verified each
 * time. The operation is the client's side, from the new engine to its last byte. The server's side
 * is the part {@code server}. The time of both excludes the transfer of bytes. Both sides must
 * finish.
 */
final class HandshakeWorkload implements Workload {
  /** A full handshake takes two rounds, with a HelloRetryRequest three. */
  private static final int ROUNDS = 6;

  private static final int HELD_SESSIONS = 16;

  /**
   * Number of rounds, whose median counts: another thread of the JVM may allocate memory in one of
   * them.
   */
  private static final int HELD_ROUNDS = 5;

  private final Cell cell;
  private final Cell.Tls tls;
  private final HandshakeCertificates certificates;
  private final HandshakeClient client;
  private final HandshakeServer server;
  private final String host;
  private final EngineSide clientSide;
  private final EngineSide serverSide;

  HandshakeWorkload(
      Cell cell,
      HandshakeCertificates certificates,
      HandshakeClient client,
      HandshakeServer server,
      String host) {
    this.cell = cell;
    this.tls = cell.tls().orElseThrow();
    this.certificates = certificates;
    this.client = client;
    this.server = server;
    this.host = host;
    this.clientSide = new EngineSide(client.direct(), client::enter, client::leave);
    this.serverSide = new EngineSide(server.direct(), () -> {}, () -> {});
  }

  static HandshakeWorkload open(Cell cell) {
    Cell.Tls tls = cell.tls().orElseThrow();
    HandshakeCertificates certificates =
        HandshakeCertificates.of(tls.keyType(), tls.certificates());
    HandshakeClient client =
        HandshakeClients.of(cell, certificates.trust(), Optional.of(certificates.client()));
    certificates.prepare(tls.chain());
    HandshakeServer server =
        HandshakeServer.of(tls, cell.mode(), AskedTls.groups(tls), certificates);
    HandshakeWorkload workload =
        new HandshakeWorkload(cell, certificates, client, server, HandshakeCertificates.HOST);
    try {
      workload.prime();
      return workload;
    } catch (RuntimeException e) {
      workload.close();
      throw e;
    }
  }

  /** One full handshake of the cell's kind, to get a session to resume. */
  private void prime() {
    if (tls.resumption().resumes()) {
      boolean ticket = watch().serverHello().map(ServerHello::ticket).orElse(false);
      if (tls.protocol() == TlsProtocol.TLS_1_2
          && ticket != (tls.resumption() == SessionReuse.TICKET)) {
        throw Facts.differs(cell, "ticket", tls.resumption().title(), "ticket promised: " + ticket);
      }
    }
  }

  /** One handshake with a wire reader, which returns the messages of each side. */
  HandshakeParser watch() {
    HandshakeParser parser = new HandshakeParser();
    client.release(handshake(parser));
    return parser;
  }

  @Override
  public Observation observe() {
    HandshakeParser parser = new HandshakeParser();
    SSLEngine engine = handshake(parser);
    try {
      NegotiatedSession negotiated = Facts.negotiated(client.describe(), engine, parser);
      Facts.require(cell, negotiated);
      Facts.requireNoWastedKey(cell, parser);
      return new Observation(
          Optional.of(negotiated),
          Optional.of(new Wire(parser.clientCount().bytes(), parser.serverCount().bytes())));
    } finally {
      client.release(engine);
    }
  }

  @Override
  public long perform() {
    ServerHelloReader hello = new ServerHelloReader();
    SSLEngine engine = handshake(hello);
    try {
      Facts.requireCheaply(cell, engine);
      Facts.requireResumption(cell, hello.serverHello());
    } finally {
      client.release(engine);
    }
    return clientSide.nanos();
  }

  /**
   * Carries out one handshake.
   *
   * @param wire reads the messages, outside the time of both sides
   * @return the client's engine, to be released
   */
  private SSLEngine handshake(WireReader wire) {
    List<X509Certificate> chain = certificates.next(tls.chain());
    SSLEngine serverEngine = serverSide.begin(() -> server.newEngine(chain));
    try {
      return clientHandshake(wire);
    } finally {
      server.release(serverEngine);
    }
  }

  private SSLEngine clientHandshake(WireReader wire) {
    SSLEngine engine = clientSide.begin(() -> client.newEngine(host));
    boolean finished = false;
    try {
      exchange(wire);
      finished = true;
      return engine;
    } catch (SSLException e) {
      throw WorkloadException.handshake(cell, e);
    } finally {
      if (!finished) {
        client.release(engine);
      }
    }
  }

  private void exchange(WireReader wire) throws SSLException {
    for (int round = 0; round < ROUNDS; round++) {
      clientSide.advance();
      wire.fromClient(clientSide.sent());
      serverSide.receive(clientSide);
      serverSide.advance();
      wire.fromServer(serverSide.sent());
      clientSide.receive(serverSide);
      if (clientSide.finished() && serverSide.finished()) {
        // The client reads the server's last bytes, such as Finished in TLS 1.2, inside the time.
        clientSide.advance();
        return;
      }
    }
    throw new SSLException("not finished after " + ROUNDS + " rounds");
  }

  @Override
  public List<String> parts() {
    return List.of("server");
  }

  @Override
  public long lastPart(int index) {
    return serverSide.nanos();
  }

  @Override
  public Optional<Sides> lastSides() {
    return Optional.of(new Sides(clientSide.use(), Optional.of(serverSide.use())));
  }

  /** Keeps sessions open, then releases all at once. The freed memory was theirs. */
  @Override
  public Optional<Double> nativeBytesHeld() {
    if (!client.freesOnRelease()) {
      return Optional.empty();
    }
    List<Double> rounds = new ArrayList<>();
    for (int round = 0; round < HELD_ROUNDS; round++) {
      List<SSLEngine> open = new ArrayList<>(HELD_SESSIONS);
      for (int i = 0; i < HELD_SESSIONS; i++) {
        open.add(handshake(new ServerHelloReader()));
      }
      Optional<Long> before = NativeHeap.bytesInUseWhenQuiet();
      open.forEach(client::release);
      Optional<Long> after = NativeHeap.bytesInUse();
      if (before.isEmpty() || after.isEmpty()) {
        return Optional.empty();
      }
      rounds.add((double) (before.get() - after.get()) / HELD_SESSIONS);
    }
    return Optional.of(rounds.stream().sorted().toList().get(HELD_ROUNDS / 2));
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
