package org.milvustls.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.result.Measurement.Wire;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ChainMemory;
import org.milvustls.bench.scenario.CipherSuite;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.scenario.SessionReuse;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.NegotiatedSession;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;

class HandshakeWorkloadTest {
  private static final HandshakeCertificates CERTIFICATES =
      HandshakeCertificates.of(KeyType.ECDSA_P256);

  private static Cell cell(TlsMode mode, Cell.Tls tls) {
    return Cell.secured(Operation.HANDSHAKE, mode, tls);
  }

  private static Workload open(Cell cell) {
    return Workloads.open(cell, cell.mode().id(), Target.none());
  }

  @ParameterizedTest
  @CsvSource({
    "JDK, TLS_1_2, SERVER", "JDK, TLS_1_3, SERVER", "BORINGSSL, TLS_1_2, SERVER",
    "BORINGSSL, TLS_1_3, SERVER", "JDK, TLS_1_2, MUTUAL", "JDK, TLS_1_3, MUTUAL",
    "BORINGSSL, TLS_1_2, MUTUAL", "BORINGSSL, TLS_1_3, MUTUAL"
  })
  void negotiates_what_the_cell_says(ClientProvider provider, TlsProtocol protocol, TlsMode mode) {
    Cell cell = cell(mode, Cell.Tls.base(provider).with(protocol));
    try (Workload workload = open(cell)) {
      NegotiatedSession seen = workload.observe().negotiated().orElseThrow();

      assertThat(seen.provider()).startsWith(provider == ClientProvider.JDK ? "JDK " : "BoringSSL");
      assertThat(seen.protocol()).isEqualTo(protocol.jsseName());
      assertThat(seen.cipherSuite()).isEqualTo(cell.tls().orElseThrow().ianaCipherSuite());
      assertThat(seen.namedGroup()).contains("x25519");
      assertThat(seen.peerKey()).contains("EC secp256r1");
      assertThat(seen.alpn()).contains("h2");
      assertThat(seen.resumed()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void the_server_pins_the_cipher_suite_that_boringssl_cannot(CipherSuite suite) {
    Cell cell = cell(TlsMode.SERVER, Cell.Tls.base(ClientProvider.BORINGSSL).with(suite));
    try (Workload workload = open(cell)) {
      assertThat(workload.observe().negotiated().orElseThrow().cipherSuite())
          .isEqualTo(suite.ianaName(TlsProtocol.TLS_1_3, KeyType.ECDSA_P256));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK", "BORINGSSL"})
  void times_client_and_server_apart(ClientProvider provider) {
    try (Workload workload = open(cell(TlsMode.SERVER, Cell.Tls.base(provider)))) {
      long start = System.nanoTime();
      long client = workload.perform();
      long all = System.nanoTime() - start;

      assertThat(workload.parts()).containsExactly("server");
      assertThat(client).isPositive();
      assertThat(workload.lastPart(0)).isPositive().isLessThan(all - client);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK", "BORINGSSL"})
  void counts_cpu_and_heap_of_each_side_apart(ClientProvider provider) {
    try (Workload workload = open(cell(TlsMode.SERVER, Cell.Tls.base(provider)))) {
      workload.perform();
      long cpu = Cost.cpuNanosOfThisThread();
      long heap = Cost.allocatedBytesOfThisThread();
      workload.perform();
      Workload.Sides sides = workload.lastSides().orElseThrow();

      assertThat(sides.client().cpuNanos()).isPositive();
      assertThat(sides.server().orElseThrow().cpuNanos()).isPositive();
      assertThat(sides.client().allocatedBytes()).isGreaterThan(10_000);
      assertThat(sides.server().orElseThrow().allocatedBytes()).isGreaterThan(10_000);
      Workload.Use sum = sides.client().plus(sides.server().orElseThrow());
      assertThat(sum.cpuNanos()).isLessThan(Cost.cpuNanosOfThisThread() - cpu);
      assertThat(sum.allocatedBytes()).isLessThan(Cost.allocatedBytesOfThisThread() - heap);
    }
  }

  @Test
  void an_open_session_of_boringssl_holds_native_memory_and_one_of_the_jdk_none() {
    assumeThat(NativeHeap.bytesInUse()).as("glibc 2.33 or newer").isPresent();
    try (Workload boringSsl = open(cell(TlsMode.SERVER, Cell.Tls.base(ClientProvider.BORINGSSL)));
        Workload jdk = open(cell(TlsMode.SERVER, Cell.Tls.base(ClientProvider.JDK)))) {
      boringSsl.perform();
      jdk.perform();

      assertThat(boringSsl.nativeBytesHeld().orElseThrow()).isBetween(2_000.0, 50_000.0);
      assertThat(jdk.nativeBytesHeld().orElseThrow()).isBetween(-1_000.0, 1_000.0);
    }
  }

  @Test
  void native_memory_that_the_collector_frees_is_nobodys() {
    try (Workload accp = open(cell(TlsMode.SERVER, Cell.Tls.base(ClientProvider.JDK_ACCP)))) {
      assertThat(accp.nativeBytesHeld()).isEmpty();
    } catch (MilvusTlsException unavailable) {
      assertThat(unavailable.kind()).isEqualTo(MilvusTlsException.Kind.USAGE);
    }
  }

  @Test
  void every_handshake_is_full() {
    try (Workload workload = open(cell(TlsMode.SERVER, Cell.Tls.base(ClientProvider.JDK)))) {
      for (int i = 0; i < 5; i++) {
        workload.perform();
        assertThat(workload.observe().negotiated().orElseThrow().resumed()).isFalse();
      }
    }
  }

  @Test
  void mutual_tls_sends_the_clients_chain_too() {
    Cell.Tls tls = Cell.Tls.base(ClientProvider.JDK);
    try (Workload server = open(cell(TlsMode.SERVER, tls));
        Workload mutual = open(cell(TlsMode.MUTUAL, tls))) {
      Wire oneWay = server.observe().wire().orElseThrow();
      Wire bothWays = mutual.observe().wire().orElseThrow();

      assertThat(oneWay.sent()).isBetween(200L, 600L);
      assertThat(bothWays.sent()).isGreaterThan(oneWay.sent() + 800);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK", "BORINGSSL"})
  void an_unseen_chain_is_another_leaf_each_time(ClientProvider provider) {
    Cell.Tls tls = Cell.Tls.base(provider).with(ChainMemory.UNSEEN);
    try (Workload workload = open(cell(TlsMode.SERVER, tls))) {
      assertThat(workload.perform()).isPositive();
      assertThat(CERTIFICATES.next(ChainMemory.UNSEEN).get(0))
          .isNotEqualTo(CERTIFICATES.next(ChainMemory.UNSEEN).get(0));
      assertThat(CERTIFICATES.next(ChainMemory.SEEN).get(0))
          .isEqualTo(CERTIFICATES.next(ChainMemory.SEEN).get(0));
    }
  }

  @Nested
  class Fails {
    private HandshakeWorkload workload(Cell cell, Cell ofTheClient, Cell ofTheServer) {
      Cell.Tls served = ofTheServer.tls().orElseThrow();
      return new HandshakeWorkload(
          cell,
          CERTIFICATES,
          HandshakeClients.of(
              ofTheClient, CERTIFICATES.trust(), Optional.of(CERTIFICATES.client())),
          HandshakeServer.of(served, ofTheServer.mode(), AskedTls.groups(served), CERTIFICATES),
          HandshakeCertificates.HOST);
    }

    @Test
    void when_another_cipher_suite_is_negotiated() {
      Cell cell = cell(TlsMode.SERVER, Cell.Tls.base(ClientProvider.BORINGSSL));
      Cell other =
          cell(
              TlsMode.SERVER,
              Cell.Tls.base(ClientProvider.BORINGSSL).with(CipherSuite.AES_256_GCM));
      String difference =
          "cipher suite asked: TLS_AES_128_GCM_SHA256, negotiated: TLS_AES_256_GCM_SHA384";
      try (Workload workload = workload(cell, cell, other)) {
        assertThatThrownBy(workload::observe).hasMessageContaining(difference);
        assertThatThrownBy(workload::perform).hasMessageContaining(difference);
      }
    }

    @ParameterizedTest
    @CsvSource({
      "JDK, TLS_1_2, SESSION_ID",
      "JDK, TLS_1_2, TICKET",
      "JDK, TLS_1_3, TICKET",
      "BORINGSSL, TLS_1_2, TICKET",
      "BORINGSSL, TLS_1_3, TICKET"
    })
    void when_a_session_is_resumed_or_not_against_the_cell(
        ClientProvider provider, TlsProtocol protocol, SessionReuse reuse) {
      Cell.Tls tls = Cell.Tls.base(provider).with(protocol);
      Cell full = cell(TlsMode.SERVER, tls);
      Cell resumed = cell(TlsMode.SERVER, tls.with(reuse));
      try (Workload workload = workload(resumed, full, full)) {
        assertThatThrownBy(workload::perform)
            .hasMessageContaining("handshake asked: resumed, negotiated: full");
      }
      try (Workload workload = workload(full, resumed, resumed)) {
        workload.perform();
        assertThatThrownBy(workload::perform)
            .hasMessageContaining("handshake asked: full, negotiated: resumed");
      }
    }
  }
}
