package org.milvustls.bench.run;

import java.util.List;
import java.util.stream.Stream;
import org.milvustls.bench.scenario.Suite;

/**
 * The JVM flags of the forks and of preflight. Heap and collector are explicit and equal in both.
 * Named groups are not set here, because each connection has its own, on JDK 17 too.
 */
final class ForkJvm {
  /** Flags of preflight and of every fork. */
  static final List<String> FLAGS =
      List.of(
          "-Xms1g",
          "-Xmx1g",
          "-XX:+UseG1GC",
          // For AccpClient, which has its own list of JCA providers.
          "--add-exports=java.base/sun.security.jca=ALL-UNNAMED");

  private ForkJvm() {}

  /** Flags of the forks of a suite. */
  static List<String> flags(Suite suite) {
    return Stream.concat(FLAGS.stream(), suite.jvmFlags().stream()).toList();
  }
}
