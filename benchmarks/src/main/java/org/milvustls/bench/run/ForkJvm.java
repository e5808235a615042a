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

  private ForkJvm() {}

  /** Of the forks of a suite. */
  static List<String> flags(Suite suite) {
    return Stream.concat(FLAGS.stream(), suite.jvmFlags().stream()).toList();
  }
}
