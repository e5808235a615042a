package org.milvustls.bench.run;

import java.util.List;
import java.util.stream.Collectors;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.tls.NamedGroup;

/**
 * The JVM of the forks and of preflight: heap, collector and TLS properties are explicit and equal
 * in both.
 */
final class ForkJvm {
  private ForkJvm() {}

  /**
   * Flags for a panel, {@code -D} of the named groups among them: JDK 17 takes groups from there
   * only.
   */
  static List<String> flags(Panel panel) {
    String groups =
        panel.arms().stream()
            .map(Arm::cell)
            .flatMap(cell -> cell.tls().stream())
            .map(Cell.Tls::namedGroup)
            .distinct()
            .map(NamedGroup::id)
            .collect(Collectors.joining(","));
    return groups.isEmpty() ? HEAP : concat(HEAP, "-Djdk.tls.namedGroups=" + groups);
  }

  private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC");

  private static List<String> concat(List<String> flags, String one) {
    return java.util.stream.Stream.concat(flags.stream(), java.util.stream.Stream.of(one)).toList();
  }
}
