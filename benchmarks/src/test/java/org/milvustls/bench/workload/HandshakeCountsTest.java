package org.milvustls.bench.workload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.scenario.Catalog;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ChainMemory;
import org.milvustls.bench.scenario.Profile;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.pki.KeyType;

/**
 * The tier without a clock: what each handshake sends, held against a committed list. See
 * docs/counts.md for what is counted and how the list is renewed.
 */
class HandshakeCountsTest {
  private static final String BASELINE = "handshake-counts.csv";

  /** The release whose JDK made the list: another says other things in its hellos. */
  private static final int JAVA = 17;

  private static final String NOT_AVAILABLE = "not available";

  /** A leaf that was never seen looks the same on the wire; keys of 4096 bits take long to make. */
  private static Stream<Cell> cells() {
    return Catalog.groups(Profile.MATRIX, Suite.HANDSHAKE).stream()
        .flatMap(group -> group.comparisons().stream())
        .flatMap(
            comparison ->
                Stream.concat(Stream.of(comparison.baseline()), comparison.cells().stream()))
        .distinct()
        .filter(cell -> cell.tls().orElseThrow().chain() == ChainMemory.SEEN)
        .filter(cell -> cell.tls().orElseThrow().keyType() != KeyType.RSA_4096);
  }

  private static Map<String, String> counted() {
    Map<String, String> counts = new LinkedHashMap<>();
    cells().forEach(cell -> counts.put(cell.name(), counts(cell)));
    return counts;
  }

  private static String counts(Cell cell) {
    try {
      return HandshakeCounts.of(cell).csv();
    } catch (MilvusTlsException unavailable) {
      return NOT_AVAILABLE;
    }
  }

  private static Map<String, String> baseline() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(HandshakeCountsTest.class.getResourceAsStream(BASELINE))) {
      Map<String, String> counts = new LinkedHashMap<>();
      new String(in.readAllBytes(), UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split(",", 2))
          .forEach(line -> counts.put(line[0], line[1]));
      return counts;
    }
  }

  private static void write(Map<String, String> counts) throws IOException {
    List<String> lines = new ArrayList<>(List.of(HandshakeCounts.HEADER));
    counts.forEach((cell, count) -> lines.add(cell + "," + count));
    Files.write(Path.of("target", BASELINE), lines);
  }

  /** Each line that differs, both ways; natives that a platform lacks are no difference. */
  private static List<String> differences(Map<String, String> before, Map<String, String> now) {
    boolean allNatives =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    List<String> differences = new ArrayList<>();
    now.forEach(
        (cell, count) -> {
          String old = before.getOrDefault(cell, "not in the list");
          if (!old.equals(count) && (allNatives || !count.equals(NOT_AVAILABLE))) {
            differences.add(cell + "\n    was " + old + "\n    is  " + count);
          }
        });
    before.keySet().stream()
        .filter(cell -> !now.containsKey(cell))
        .forEach(cell -> differences.add(cell + "\n    is in the list and no longer measured"));
    return differences;
  }

  @Test
  void every_handshake_sends_what_the_committed_list_says() throws IOException {
    assumeThat(Runtime.version().feature())
        .as("the list is of Java %s: other releases say other things in their hellos", JAVA)
        .isEqualTo(JAVA);
    Map<String, String> now = counted();
    write(now);
    assertThat(differences(baseline(), now))
        .as(
            "%s; wanted? then take target/%s as the new stored one",
            HandshakeCounts.HEADER, BASELINE)
        .isEmpty();
  }

  @Test
  void a_difference_names_the_cell_and_both_counts() {
    assertThat(differences(Map.of("a", "1,2", "gone", "1"), Map.of("a", "1,3")))
        .containsExactlyInAnyOrder(
            "a\n    was 1,2\n    is  1,3", "gone\n    is in the list and no longer measured");
  }
}
