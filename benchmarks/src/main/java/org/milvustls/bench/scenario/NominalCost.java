package org.milvustls.bench.scenario;

import org.milvustls.tls.TlsProvider;

/**
 * About what one operation takes on a small machine, closing included, in ns. Only the expected
 * duration of a plan is made of these; no result is.
 */
final class NominalCost {
  private NominalCost() {}

  static long nanos(Cell cell) {
    boolean jdk = cell.tls().map(tls -> tls.provider() == TlsProvider.JDK).orElse(false);
    boolean unseen = cell.tls().map(tls -> tls.chain() == ChainMemory.UNSEEN).orElse(false);
    return switch (cell.operation()) {
      case HANDSHAKE -> (jdk ? 3_200_000 : 1_500_000) + (unseen ? 1_500_000 : 0);
      case CONNECT -> jdk ? 6_000_000 : cell.mode().isEncrypted() ? 4_000_000 : 2_500_000;
      case CONNECT_SDK -> jdk ? 15_000_000 : 6_000_000;
      case SEARCH -> 2_000_000;
      case SEARCH_VECTORS -> 4_000_000;
    };
  }
}
