package org.milvustls.bench.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Skips tests of charts where this JVM draws none. */
final class Charts {
  private Charts() {}

  static void assumeDrawn() {
    assumeTrue(Fonts.missing().isEmpty(), () -> Fonts.missing().orElse(""));
  }
}
