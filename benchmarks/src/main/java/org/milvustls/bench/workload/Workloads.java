package org.milvustls.bench.workload;

import io.milvus.v2.client.MilvusClientV2;
import java.util.Optional;
import java.util.function.Function;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.Dataset;
import org.milvustls.bench.workload.Target.Endpoint;

/** Opens the workload of a cell. */
public final class Workloads {
  private static final int CALLERS = 16;

  private Workloads() {}

  /**
   * Prepares the operation of a cell.
   *
   * @param serverRole the server of the target to connect to; without meaning in memory
   * @throws org.milvustls.MilvusTlsException for features that a provider or this machine does not
   *     support
   * @throws WorkloadException for operations that should work but fail
   */
  public static Workload open(Cell cell, String serverRole, Target target) {
    return switch (cell.operation()) {
      case HANDSHAKE -> HandshakeWorkload.open(cell);
      case HANDSHAKE_SOCKET ->
          SocketHandshakeWorkload.open(
              cell, Connections.endpoint(target, serverRole), target.credentials());
      case CONNECT, CONNECT_NEW_CONTEXT ->
          ConnectWorkload.open(
              cell, Connections.endpoint(target, serverRole), target.credentials());
      case CONNECT_RTT_1, CONNECT_RTT_10, CONNECT_RTT_50 ->
          delayed(cell, Connections.endpoint(target, serverRole), target);
      case COLD_START ->
          new ColdStartWorkload(
              cell, Connections.endpoint(target, serverRole), target.credentials());
      case CONNECT_SDK, CONNECT_SDK_RESTORED, CONNECT_SDK_EARLIER ->
          SdkConnectWorkload.open(
              cell, Connections.endpoint(target, serverRole), target.credentials());
      case RPC -> calls(cell, serverRole, target, client -> new VersionRpc());
      case INSERT ->
          calls(
              cell, serverRole, target, client -> new InsertRpc(collection(cell, target), client));
      case SEARCH, LOAD -> search(cell, serverRole, target, SearchQuery.SMALL);
      case SEARCH_NQ_10 -> search(cell, serverRole, target, SearchQuery.ofMany(10));
      case SEARCH_NQ_100 -> search(cell, serverRole, target, SearchQuery.ofMany(100));
      case SEARCH_10_VECTORS -> search(cell, serverRole, target, SearchQuery.TEN_WITH_VECTORS);
      case SEARCH_VECTORS, SEARCH_VECTORS_768, SEARCH_VECTORS_1536 ->
          search(cell, serverRole, target, SearchQuery.WITH_VECTORS);
      case SEARCH_16_CALLERS ->
          calls(
              cell,
              serverRole,
              target,
              client ->
                  new ConcurrentRpc(
                      new SearchRpc(collection(cell, target), SearchQuery.SMALL), CALLERS));
    };
  }

  private static Workload delayed(Cell cell, Endpoint endpoint, Target target) {
    DelayedEndpoint distance = DelayedEndpoint.of(endpoint, cell.operation().roundTrip());
    try {
      return new DelayedWorkload(
          ConnectWorkload.open(cell, distance.endpoint(), target.credentials()), distance);
    } catch (RuntimeException e) {
      distance.close();
      throw e;
    }
  }

  private static Workload search(Cell cell, String serverRole, Target target, SearchQuery query) {
    return calls(
        cell, serverRole, target, client -> new SearchRpc(collection(cell, target), query));
  }

  private static Workload calls(
      Cell cell, String serverRole, Target target, Function<MilvusClientV2, Rpc> calls) {
    return RpcWorkload.open(
        cell, Connections.endpoint(target, serverRole), target.credentials(), calls);
  }

  /** The collection of a cell. */
  static CollectionSpec collection(Cell cell, Target target) {
    Dataset dataset = cell.operation().dataset().orElseThrow();
    return Optional.ofNullable(target.collections().get(dataset))
        .orElseThrow(
            () -> new WorkloadException(cell + ": no collection " + dataset + " is loaded"));
  }
}
