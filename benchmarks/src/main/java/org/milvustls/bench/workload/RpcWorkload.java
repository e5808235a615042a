package org.milvustls.bench.workload;

import io.milvus.v2.client.MilvusClientV2;
import java.util.Optional;
import java.util.function.Function;
import org.milvustls.bench.result.Measurement.Wire;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.client.MilvusConnector;
import org.milvustls.client.SecureMilvus;
import org.milvustls.tls.NegotiatedSession;

/** Calls of one kind over one open connection, through the SDK's own client. */
final class RpcWorkload implements Workload {
  private static final int OBSERVED = 10;

  private final Cell cell;
  private final Endpoint endpoint;
  private final Optional<Credentials> credentials;
  private final MilvusConnector connector;
  private final SecureMilvus milvus;
  private final Rpc rpc;
  private int next;

  private RpcWorkload(
      Cell cell,
      Endpoint endpoint,
      Optional<Credentials> credentials,
      MilvusConnector connector,
      SecureMilvus milvus,
      Rpc rpc) {
    this.cell = cell;
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.connector = connector;
    this.milvus = milvus;
    this.rpc = rpc;
  }

  /**
   * Connects.
   *
   * @param calls makes the calls, once there is a connection
   */
  static RpcWorkload open(
      Cell cell,
      Endpoint endpoint,
      Optional<Credentials> credentials,
      Function<MilvusClientV2, Rpc> calls) {
    MilvusConnector connector = Connections.connector(cell, endpoint, credentials);
    try {
      SecureMilvus milvus = connector.connect();
      Rpc rpc = calls.apply(milvus.client());
      return new RpcWorkload(cell, endpoint, credentials, connector, milvus, rpc);
    } catch (RuntimeException e) {
      // Closes the connection too.
      connector.close();
      throw new WorkloadException(cell + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Observation observe() {
    Optional<NegotiatedSession> negotiated = milvus.negotiated();
    Facts.requireMode(cell, negotiated);
    perform();
    return new Observation(negotiated, Optional.of(wireOfOneCall()));
  }

  /** Bytes of one call, from several calls over a connection of its own. */
  private Wire wireOfOneCall() {
    try (TcpRelay relay = TcpRelay.to(endpoint);
        MilvusConnector watched = Connections.connector(cell, relay.endpoint(), credentials);
        SecureMilvus open = watched.connect()) {
      rpc.call(open.client(), 0);
      Wire before = relay.wire();
      for (int i = 0; i < OBSERVED; i++) {
        rpc.call(open.client(), i % rpc.requests());
      }
      Wire after = relay.wire();
      return new Wire(
          (after.sent() - before.sent()) / OBSERVED,
          (after.received() - before.received()) / OBSERVED);
    }
  }

  @Override
  public long perform() {
    long took = rpc.call(milvus.client(), next);
    next = (next + 1) % rpc.requests();
    return took;
  }

  @Override
  public void close() {
    try (connector;
        milvus) {
      rpc.close();
    }
  }
}
