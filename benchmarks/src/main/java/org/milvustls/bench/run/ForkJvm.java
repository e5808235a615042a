package org.milvustls.bench.run;

import java.util.List;

/**
 * The JVM of the forks and of preflight: heap and collector are explicit and equal in both. Named
 * groups are not set here: each connection has its own, on JDK 17 too.
 */
final class ForkJvm {
  static final List<String> FLAGS =
      List.of(
          "-Xms1g",
          "-Xmx1g",
          "-XX:+UseG1GC",
          // For the client that has a list of JCA providers of its own: AccpClient.
          "--add-exports=java.base/sun.security.jca=ALL-UNNAMED");

  private ForkJvm() {}
}
