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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ChainMemory;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.scenario.Profile;
import org.milvustls.bench.scenario.SessionReuse;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;

/**
 * The tier without a clock: what each handshake sends, held against a committed list. See
 * docs/counts.md for what is counted and how the list is renewed.
 */
class HandshakeCountsTest {
  private static final String BASELINE = "handshake-counts.csv";

  /** The release whose JDK made the list: another says other things in its hellos. */
  private static final int JAVA = 17;

  private static final String NOT_AVAILABLE = "not available";

  /** Keys of 4096 bits take long to make. */
  private static Stream<Cell> cells() {
    return Suite.HANDSHAKE.groups(Profile.MATRIX).stream()
        .flatMap(group -> group.comparisons().stream())
        .flatMap(
            comparison ->
                Stream.concat(Stream.of(comparison.baseline()), comparison.cells().stream()))
        .distinct()
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

  /** What is derived for implementations in C rests on this. */
  @ParameterizedTest
  @CsvSource({
    "TLS_1_3, SERVER, NEVER", "TLS_1_3, MUTUAL, NEVER", "TLS_1_3, SERVER, TICKET",
    "TLS_1_2, SERVER, NEVER", "TLS_1_2, MUTUAL, NEVER", "TLS_1_2, SERVER, TICKET",
    "TLS_1_2, SERVER, SESSION_ID"
  })
  void the_jdk_does_what_the_protocol_asks_for_and_no_more(
      TlsProtocol protocol, TlsMode mode, SessionReuse reuse) {
    Cell cell =
        Cell.secured(
            Operation.HANDSHAKE,
            mode,
            Cell.Tls.base(ClientProvider.JDK).with(protocol).with(reuse));
    HandshakeCounts counts = HandshakeCounts.of(cell);

    assertThat(counts.client().operations())
        .isEqualTo(PublicKeyOperations.ofTheProtocol(cell, true));
    assertThat(counts.server().operations())
        .isEqualTo(PublicKeyOperations.ofTheProtocol(cell, false));
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK", "BORINGSSL"})
  void a_leaf_that_the_jvm_has_never_met_costs_one_more_verification(ClientProvider provider) {
    Cell seen = Cell.secured(Operation.HANDSHAKE, TlsMode.SERVER, Cell.Tls.base(provider));
    Cell unseen =
        Cell.secured(
            Operation.HANDSHAKE, TlsMode.SERVER, Cell.Tls.base(provider).with(ChainMemory.UNSEEN));

    assertThat(HandshakeCounts.of(unseen).client().operations())
        .isEqualTo(HandshakeCounts.of(seen).client().operations().plus(PublicKeyOperations.VERIFY));
  }

  @Test
  void a_difference_names_the_cell_and_both_counts() {
    assertThat(differences(Map.of("a", "1,2", "gone", "1"), Map.of("a", "1,3")))
        .containsExactlyInAnyOrder(
            "a\n    was 1,2\n    is  1,3", "gone\n    is in the list and no longer measured");
  }
}
