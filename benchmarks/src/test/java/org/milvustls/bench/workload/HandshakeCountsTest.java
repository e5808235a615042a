package org.milvustls.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ChainMemory;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.scenario.SessionReuse;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;

/**
 * The tier without a clock: what each handshake does and sends, held against committed lists. See
 * docs/counts.md for what is counted and how a list is renewed.
 */
class HandshakeCountsTest {
  private static String counted(Cell cell) {
    try {
      return cell.name() + "," + HandshakeCounts.of(cell).csv();
    } catch (MilvusTlsException unavailable) {
      return cell.name() + "," + StoredList.NOT_AVAILABLE;
    }
  }

  private static List<String> bytes(boolean rsa) {
    List<String> arguments = rsa ? List.of(HandshakeBytes.RSA) : List.of();
    try (JavaChild child =
        JavaChild.start(HandshakeBytes.class, HandshakeBytes.flags(rsa), arguments)) {
      return HandshakeBytes.cells(rsa).map(cell -> child.line()).toList();
    }
  }

  @Test
  void every_handshake_does_what_the_committed_list_says() throws IOException {
    List<String> now = HandshakeCounts.cells().map(HandshakeCountsTest::counted).toList();

    StoredList.committed("handshake-counts.csv").requireSame(HandshakeCounts.HEADER, now);
  }

  @Test
  void every_handshake_sends_the_bytes_that_the_committed_list_says() throws IOException {
    List<String> now = new ArrayList<>(bytes(false));
    now.addAll(bytes(true));

    StoredList.committed("handshake-bytes.csv")
        .requireSameOnItsRelease(HandshakeBytes.HEADER, now, String::equals);
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
}
