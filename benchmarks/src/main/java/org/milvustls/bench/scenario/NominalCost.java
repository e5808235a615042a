package org.milvustls.bench.scenario;

import java.util.ArrayList;
import java.util.List;
import org.milvustls.tls.TlsProtocol;

/**
 * About what one operation takes on a small machine, closing included, in ns. Only the expected
 * duration of a plan, and of its warm-up, is made of these; no result is.
 */
final class NominalCost {
  private NominalCost() {}

  /** One burst of every arm of a panel, leading operations and fillers included. */
  static long cycleNanos(Panel panel) {
    List<Arm> turns = new ArrayList<>(panel.arms());
    turns.addAll(panel.fillers());
    long cycle = 0;
    for (Arm arm : turns) {
      Operation operation = arm.cell().operation();
      cycle += (operation.burst() + operation.leading()) * (nanos(arm.cell()) + arm.plantedNanos());
    }
    return cycle;
  }

  static long nanos(Cell cell) {
    boolean jdk = cell.tls().map(tls -> tls.provider() == ClientProvider.JDK).orElse(false);
    return switch (cell.operation()) {
      case HANDSHAKE -> handshake(cell.tls().orElseThrow());
      case HANDSHAKE_SOCKET -> jdk ? 2_500_000 : 1_300_000;
      case CONNECT -> jdk ? 4_500_000 : cell.mode().isEncrypted() ? 3_000_000 : 1_800_000;
      case CONNECT_SDK -> jdk ? 11_000_000 : 5_000_000;
      case CONNECT_SDK_RESTORED, CONNECT_SDK_EARLIER -> 6_000_000;
      case CONNECT_NEW_CONTEXT -> jdk ? 10_000_000 : 6_000_000;
      case CONNECT_RTT_1, CONNECT_RTT_10, CONNECT_RTT_50 ->
          (jdk ? 6_500_000 : 4_000_000) + roundTrips(cell) * cell.operation().roundTrip().toNanos();
      case COLD_START -> 1_000_000_000;
      case RPC -> 300_000;
      case SEARCH, LOAD -> 1_500_000;
      case SEARCH_10_VECTORS, SEARCH_NQ_10 -> 2_000_000;
      case SEARCH_VECTORS -> 3_500_000;
      case INSERT -> 4_500_000;
      case SEARCH_NQ_100 -> 6_000_000;
      case SEARCH_VECTORS_768 -> 7_500_000;
      case SEARCH_16_CALLERS, SEARCH_VECTORS_1536 -> 12_000_000;
    };
  }

  /** Settings of HTTP/2 and first RPC, and what TLS adds; TCP's own is not delayed. */
  private static int roundTrips(Cell cell) {
    return 2
        + cell.tls()
            .map(
                tls -> tls.protocol() == TlsProtocol.TLS_1_2 && !tls.resumption().resumes() ? 2 : 1)
            .orElse(0);
  }

  /** Both sides; the server, of the JDK, signs. */
  private static long handshake(Cell.Tls tls) {
    long client =
        switch (tls.provider()) {
          case JDK -> 1_700_000;
          case BORINGSSL, BORINGSSL_SDK, JDK_ACCP, CONSCRYPT -> 900_000;
          case BOUNCY_CASTLE -> 6_000_000;
        };
    long signature =
        switch (tls.keyType()) {
          case ECDSA_P256 -> 0;
          case ECDSA_P384, ED25519, RSA_2048 -> 3_000_000;
          case RSA_3072 -> 8_000_000;
          case RSA_4096 -> 17_000_000;
        };
    return client + signature + (tls.chain() == ChainMemory.UNSEEN ? 2_000_000 : 0);
  }
}
