package org.milvustls.bench.run;

import java.util.List;
import java.util.stream.Stream;
import org.milvustls.bench.scenario.Suite;

/**
 * The JVM of the forks and of preflight: heap and collector are explicit and equal in both. Named
 * groups are not set here: each connection has its own, on JDK 17 too.
 */
final class ForkJvm {
  /** Of preflight and of every fork. */
  static final List<String> FLAGS =
      List.of(
          "-Xms1g",
          "-Xmx1g",
          "-XX:+UseG1GC",
          // For the client that has a list of JCA providers of its own: AccpClient.
          "--add-exports=java.base/sun.security.jca=ALL-UNNAMED");

  /** Methods are compiled after a tenth of the usual calls. */
  private static final String EARLY = "-XX:CompileThresholdScaling=0.1";

  private ForkJvm() {}

  /**
   * Of the forks of a suite. Those of handshakes in memory compile early: most methods of a
   * handshake are called once in it, and it would run the code that it ends with only after some
   * 2,800 of them (docs/decisions/0014).
   */
  static List<String> flags(Suite suite) {
    return suite == Suite.HANDSHAKE
        ? Stream.concat(FLAGS.stream(), Stream.of(EARLY)).toList()
        : FLAGS;
  }
}
