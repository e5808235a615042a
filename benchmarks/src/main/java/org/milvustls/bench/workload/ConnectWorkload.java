package org.milvustls.bench.workload;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.client.ConnectTimings;
import org.milvustls.client.ConnectionFailedException;
import org.milvustls.client.MilvusConnector;
import org.milvustls.client.SecureMilvus;
import org.milvustls.tls.NegotiatedSession;

/**
 * A new connection to Milvus with this library, up to the answer to its first RPC. That RPC is
 * {@code Connect}, with which every SDK begins. Its answer contains the server's number of the
 * connection, which proves that the server works. One TLS context and one group of event loops
 * serve all connections of the arm. Closing is not in the time.
 */
final class ConnectWorkload implements Workload {
  private static final List<String> PLAINTEXT_PARTS = List.of("tcp", "http2", "rpc");
  private static final List<String> TLS_PARTS = List.of("tcp", "tls", "http2", "rpc");

  private final Cell cell;
  private final Endpoint endpoint;
  private final Optional<Credentials> credentials;
  private final MilvusConnector connector;
  private final long[] parts;

  private ConnectWorkload(
      Cell cell, Endpoint endpoint, Optional<Credentials> credentials, MilvusConnector connector) {
    this.cell = cell;
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.connector = connector;
    this.parts = new long[parts().size()];
  }

  static ConnectWorkload open(Cell cell, Endpoint endpoint, Optional<Credentials> credentials) {
    MilvusConnector connector = Connections.connector(cell, endpoint, credentials);
    ConnectWorkload workload = new ConnectWorkload(cell, endpoint, credentials, connector);
    try {
      workload.prime(connector);
    } catch (ConnectionFailedException e) {
      connector.close();
      throw workload.failed(e);
    }
    return workload;
  }

  /** Opens a first, full connection, because resumption needs an earlier session. */
  private void prime(MilvusConnector first) {
    if (cell.tls().map(tls -> tls.resumption().resumes()).orElse(false)) {
      first.connect().close();
    }
  }

  private boolean sharesContext() {
    return cell.operation() != Operation.CONNECT_NEW_CONTEXT;
  }

  @Override
  public Observation observe() {
    try (TcpRelay relay = TcpRelay.to(endpoint)) {
      Optional<NegotiatedSession> negotiated;
      try (MilvusConnector watched = Connections.connector(cell, relay.endpoint(), credentials)) {
        prime(watched);
        try (SecureMilvus milvus = watched.connect()) {
          negotiated = check(milvus);
          if (cell.mode().isEncrypted()) {
            Facts.requireNoWastedKey(cell, relay.parser());
          }
        }
      } catch (ConnectionFailedException e) {
        throw failed(e);
      }
      return new Observation(negotiated, Optional.of(relay.wire()));
    }
  }

  @Override
  public long perform() {
    return sharesContext() ? perform(connector) : performAnew();
  }

  /** Includes reading the files and making the context in the operation. */
  private long performAnew() {
    long start = System.nanoTime();
    try (MilvusConnector own = Connections.connector(cell, endpoint, credentials)) {
      long made = System.nanoTime() - start;
      return made + perform(own);
    }
  }

  private long perform(MilvusConnector over) {
    long start = System.nanoTime();
    SecureMilvus connected = connect(over);
    long took = System.nanoTime() - start;
    try (SecureMilvus milvus = connected) {
      check(milvus);
      split(milvus.timings());
    }
    return took;
  }

  private SecureMilvus connect(MilvusConnector over) {
    try {
      return over.connect();
    } catch (ConnectionFailedException e) {
      throw failed(e);
    }
  }

  private WorkloadException failed(ConnectionFailedException e) {
    return new WorkloadException(cell + ": " + e.getMessage(), e);
  }

  private Optional<NegotiatedSession> check(SecureMilvus milvus) {
    Optional<NegotiatedSession> negotiated = milvus.negotiated();
    Facts.requireMode(cell, negotiated);
    return negotiated;
  }

  private void split(ConnectTimings timings) {
    int part = 0;
    Duration done = timings.tcpConnected();
    parts[part++] = done.toNanos();
    if (timings.tlsFinished().isPresent()) {
      Duration tls = timings.tlsFinished().get();
      parts[part++] = tls.minus(done).toNanos();
      done = tls;
    }
    parts[part++] = timings.settingsReceived().minus(done).toNanos();
    parts[part] = timings.firstCall().minus(timings.settingsReceived()).toNanos();
  }

  @Override
  public List<String> parts() {
    return cell.mode().isEncrypted() ? TLS_PARTS : PLAINTEXT_PARTS;
  }

  @Override
  public long lastPart(int index) {
    return parts[index];
  }

  @Override
  public void close() {
    connector.close();
  }
}
