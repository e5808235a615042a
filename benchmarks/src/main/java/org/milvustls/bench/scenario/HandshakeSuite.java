package org.milvustls.bench.scenario;

import static org.milvustls.bench.scenario.ClientProvider.BORINGSSL;
import static org.milvustls.bench.scenario.ClientProvider.JDK;
import static org.milvustls.tls.TlsProtocol.TLS_1_2;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.milvustls.bench.scenario.Cell.Tls;
import org.milvustls.tls.TlsMode;

/** Handshakes in memory: the cost of a TLS handshake for each side, without a network. */
final class HandshakeSuite extends SuiteDescriptor {
  private static final double MARGIN = 0.02;

  /**
   * Compiles methods after a tenth of the usual calls. A handshake calls most of its methods once,
   * so fully compiled code would run only after some 2,800 handshakes (docs/decisions/0014).
   */
  private static final String COMPILE_EARLY = "-XX:CompileThresholdScaling=0.1";

  HandshakeSuite() {
    super("handshake", "handshake, client side, in memory", 20);
  }

  @Override
  boolean needsMilvus() {
    return false;
  }

  @Override
  String subject(String arm) {
    return (arm.contains("resumed") ? "a handshake with " : "a full handshake with ") + arm;
  }

  @Override
  List<String> jvmFlags() {
    return List.of(COMPILE_EARLY);
  }

  @Override
  long plantedNanos() {
    return 100_000;
  }

  @Override
  Profile.Amount amount(Profile profile) {
    return switch (profile) {
      case SMOKE -> new Profile.Amount(2, 4, 6);
      case QUICK -> new Profile.Amount(8, 28, 12);
      case FULL -> new Profile.Amount(12, 28, 24);
      case MATRIX -> new Profile.Amount(6, 28, 24);
    };
  }

  @Override
  Duration warmUp(Profile profile) {
    return profile == Profile.SMOKE ? Duration.ZERO : Duration.ofSeconds(15);
  }

  @Override
  List<ComparisonGroup> groups(Profile profile) {
    List<ComparisonGroup> groups = new ArrayList<>();
    groups.add(main(profile, comparisons(profile)));
    groups.addAll(HandshakeAxes.groups(profile));
    return List.copyOf(groups);
  }

  private static List<Comparison> comparisons(Profile profile) {
    Cell jdk = cell(Tls.base(JDK));
    Cell jdk12 = cell(Tls.base(JDK).with(TLS_1_2));
    List<Comparison> comparisons = new ArrayList<>();
    comparisons.add(
        Comparison.headline(
            "handshake-provider",
            "What does a full TLS 1.3 handshake cost the client with BoringSSL, against the JDK?",
            jdk,
            MARGIN,
            cell(Tls.base(BORINGSSL))));
    comparisons.add(
        Comparison.survey(
            "handshake-protocol",
            "What does TLS 1.2 cost the client, against TLS 1.3, with the JDK?",
            jdk,
            MARGIN,
            jdk12));
    comparisons.add(
        Comparison.survey(
            "handshake-provider-tls1.2",
            "The same with TLS 1.2: BoringSSL against the JDK?",
            jdk12,
            MARGIN,
            cell(Tls.base(BORINGSSL).with(TLS_1_2))));
    if (profile != Profile.SMOKE) {
      comparisons.add(
          Comparison.survey(
              "handshake-provider-unseen",
              "And when the JVM meets the server's certificate for the first time?",
              cell(Tls.base(JDK).with(ChainMemory.UNSEEN)),
              MARGIN,
              cell(Tls.base(BORINGSSL).with(ChainMemory.UNSEEN))));
    }
    return comparisons;
  }

  private static Cell cell(Tls tls) {
    return Cell.secured(Operation.HANDSHAKE, TlsMode.SERVER, tls);
  }

  /** Approximate time of both sides of a handshake, in ns; the server, of the JDK, signs. */
  static long nominalNanos(Cell cell) {
    Tls tls = cell.tls().orElseThrow();
    long signature =
        switch (tls.keyType()) {
          case ECDSA_P256 -> 0;
          case ECDSA_P384, ED25519, RSA_2048 -> 3_000_000;
          case RSA_3072 -> 8_000_000;
          case RSA_4096 -> 17_000_000;
        };
    long chain = tls.chain() == ChainMemory.UNSEEN ? 2_000_000 : 0;
    return tls.provider().nominalNanos() + signature + chain;
  }
}
