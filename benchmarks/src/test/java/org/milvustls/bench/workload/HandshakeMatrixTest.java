package org.milvustls.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.Comparison;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.scenario.Profile;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;

/** Every handshake cell of the largest profile, and what every provider's client must refuse. */
class HandshakeMatrixTest {
  private static Stream<Cell> cells() {
    return Suite.HANDSHAKE.groups(Profile.MATRIX).stream()
        .flatMap(group -> group.comparisons().stream())
        .flatMap(HandshakeMatrixTest::cells)
        // Their keys take long to make, and nothing else about them differs.
        .filter(cell -> cell.tls().orElseThrow().keyType() != KeyType.RSA_4096)
        .distinct();
  }

  private static Stream<Cell> cells(Comparison comparison) {
    return Stream.concat(Stream.of(comparison.baseline()), comparison.cells().stream());
  }

  private static Workload open(Cell cell) {
    return Workloads.open(cell, Arm.measured(cell).serverRole(), Target.none());
  }

  @ParameterizedTest
  @MethodSource("cells")
  void is_what_it_says_each_time_or_is_not_available_with_a_reason(Cell cell) {
    try (Workload workload = open(cell)) {
      for (int i = 0; i < 3; i++) {
        assertThat(workload.perform()).isPositive();
        assertThat(workload.observe().negotiated().orElseThrow().resumed())
            .isEqualTo(cell.tls().orElseThrow().resumption().resumes());
      }
    } catch (MilvusTlsException e) {
      assertThat(e.kind()).isEqualTo(MilvusTlsException.Kind.USAGE);
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  /** Cells that no comparison has and {@code --filter} cannot reach, but a reader may ask for. */
  @ParameterizedTest
  @CsvSource({"ECDSA_P256, TLS_1_3", "ECDSA_P256, TLS_1_2", "RSA_2048, TLS_1_3"})
  void bouncy_castle_in_mode_mutual_works_or_says_why_not(KeyType type, TlsProtocol protocol) {
    Cell cell =
        Cell.secured(
            Operation.HANDSHAKE,
            TlsMode.MUTUAL,
            Cell.Tls.base(ClientProvider.BOUNCY_CASTLE).with(type).with(protocol));
    boolean refused = type == KeyType.ECDSA_P256 && protocol == TlsProtocol.TLS_1_3;
    assertThat(refused).isEqualTo(isRefused(cell));
  }

  private static boolean isRefused(Cell cell) {
    try (Workload workload = open(cell)) {
      assertThat(workload.perform()).isPositive();
      return false;
    } catch (MilvusTlsException e) {
      return true;
    }
  }

  /** A client of a provider that is there, and a server that shows {@code served}'s chain. */
  private static HandshakeWorkload workload(
      ClientProvider provider, HandshakeCertificates trusted, String host) {
    Cell cell = Cell.secured(Operation.HANDSHAKE, TlsMode.SERVER, Cell.Tls.base(provider));
    HandshakeCertificates served = HandshakeCertificates.of(KeyType.ECDSA_P256);
    HandshakeClient client = null;
    String missing = "";
    try {
      client = HandshakeClients.of(cell, trusted.trust(), Optional.of(trusted.client()));
    } catch (MilvusTlsException e) {
      missing = String.valueOf(e.getMessage());
    }
    assumeThat(client).as(missing).isNotNull();
    Cell.Tls tls = cell.tls().orElseThrow();
    return new HandshakeWorkload(
        cell,
        served,
        java.util.Objects.requireNonNull(client),
        HandshakeServer.of(tls, cell.mode(), AskedTls.groups(tls), served),
        host);
  }

  /** The engine of Netty 4.1 keeps its reason to itself: the server is told by an alert. */
  private static String refused(ClientProvider provider, String reason) {
    return "(?s).*"
        + (provider == ClientProvider.BORINGSSL_SDK
            ? "Received fatal alert: internal_error"
            : reason)
        + ".*";
  }

  @ParameterizedTest
  @EnumSource(ClientProvider.class)
  void a_wrong_name_fails(ClientProvider provider) {
    HandshakeCertificates own = HandshakeCertificates.of(KeyType.ECDSA_P256);
    try (Workload workload = workload(provider, own, "other.example.org")) {
      assertThatThrownBy(workload::perform)
          .isInstanceOf(WorkloadException.class)
          .hasMessageMatching(refused(provider, "other\\.example\\.org"));
    }
  }

  @ParameterizedTest
  @EnumSource(ClientProvider.class)
  void a_chain_that_is_not_trusted_fails(ClientProvider provider) {
    HandshakeCertificates others = HandshakeCertificates.of(KeyType.ECDSA_P384);
    try (Workload workload = workload(provider, others, HandshakeCertificates.HOST)) {
      assertThatThrownBy(workload::perform)
          .isInstanceOf(WorkloadException.class)
          .hasMessageMatching(refused(provider, "unable to find valid certification path"));
    }
  }

  @ParameterizedTest
  @EnumSource(ClientProvider.class)
  void the_right_name_and_chain_pass(ClientProvider provider) {
    HandshakeCertificates own = HandshakeCertificates.of(KeyType.ECDSA_P256);
    try (Workload workload = workload(provider, own, HandshakeCertificates.HOST)) {
      assertThat(workload.perform()).isPositive();
    }
  }
}
