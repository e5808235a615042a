package org.milvustls.bench.workload;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a handshake allocates, held against a committed list; see docs/counts.md. */
class HandshakeAllocationsTest {
  /** Numbers of a signature and hash tables differ a little from run to run: up to 0.4 % seen. */
  private static final double TOLERANCE = 0.015;

  private static final List<String> FLAGS =
      List.of("-XX:TieredStopAtLevel=1", "--add-exports=java.base/sun.security.jca=ALL-UNNAMED");

  @Test
  void every_handshake_allocates_what_the_committed_list_says() throws IOException {
    try (JavaChild child = JavaChild.start(HandshakeAllocations.class, FLAGS, List.of())) {
      List<String> now = HandshakeAllocations.cells().map(cell -> child.line()).toList();

      StoredList.committed("handshake-allocations.csv")
          .requireSameOnItsRelease(
              HandshakeAllocations.HEADER, now, HandshakeAllocationsTest::isClose);
    }
  }

  private static boolean isClose(String before, String now) {
    String[] old = before.split(",", -1);
    String[] counts = now.split(",", -1);
    if (old.length != 2 || counts.length != 2) {
      return before.equals(now);
    }
    for (int side = 0; side < counts.length; side++) {
      double ratio = Double.parseDouble(counts[side]) / Double.parseDouble(old[side]);
      if (Math.abs(ratio - 1) > TOLERANCE) {
        return false;
      }
    }
    return true;
  }
}
