package org.milvustls.bench.workload;

import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.workload.Target.Endpoint;

/** Opens the workload of a cell. */
public final class Workloads {
  private Workloads() {}

  /**
   * Prepares the operation of a cell.
   *
   * @param serverRole which of the target's servers it talks to; of no meaning in memory
   * @throws org.milvustls.MilvusTlsException for what a provider or this machine cannot be asked
   * @throws WorkloadException for what should work and does not
   */
  public static Workload open(Cell cell, String serverRole, Target target) {
    if (cell.tls().map(tls -> tls.resumption().resumes()).orElse(false)) {
      throw new WorkloadException(cell + ": only full handshakes are measured, not resumed ones");
    }
    return switch (cell.operation()) {
      case HANDSHAKE -> HandshakeWorkload.open(cell);
      case CONNECT ->
          ConnectWorkload.open(
              cell, Connections.endpoint(target, serverRole), target.credentials());
      case CONNECT_SDK ->
          SdkConnectWorkload.open(
              cell, Connections.endpoint(target, serverRole), target.credentials());
      case SEARCH -> search(cell, serverRole, target, SearchQuery.SMALL);
      case SEARCH_VECTORS -> search(cell, serverRole, target, SearchQuery.WITH_VECTORS);
    };
  }

  private static Workload search(Cell cell, String serverRole, Target target, SearchQuery query) {
    Endpoint endpoint = Connections.endpoint(target, serverRole);
    CollectionSpec collection =
        target
            .collection()
            .orElseThrow(() -> new WorkloadException(cell + ": no collection is loaded"));
    return SearchWorkload.open(cell, endpoint, target.credentials(), collection, query);
  }
}
