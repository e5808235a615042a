package org.milvustls.bench.run;

import java.util.List;

/**
 * The JVM of the forks and of preflight: heap and collector are explicit and equal in both. Named
 * groups are not set here: each connection has its own, on JDK 17 too.
 *
 * <p>Methods are compiled after a tenth of the usual calls ({@code CompileThresholdScaling}): a
 * handshake calls most of its methods once, and would run the code that it ends with only after
 * some 2,800 of them (docs/decisions/0014).
 */
final class ForkJvm {
  static final List<String> FLAGS =
      List.of(
          "-Xms1g",
          "-Xmx1g",
          "-XX:+UseG1GC",
          "-XX:CompileThresholdScaling=0.1",
          // For the client that has a list of JCA providers of its own: AccpClient.
          "--add-exports=java.base/sun.security.jca=ALL-UNNAMED");

  private ForkJvm() {}
}
