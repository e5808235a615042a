package org.milvustls.bench.scenario;

import static org.milvustls.bench.scenario.ClientProvider.BORINGSSL;
import static org.milvustls.bench.scenario.ClientProvider.JDK;
import static org.milvustls.tls.TlsMode.MUTUAL;
import static org.milvustls.tls.TlsMode.SERVER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.milvustls.bench.scenario.Cell.Tls;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;

/** New connections to a real Milvus, up to the first answer. */
final class ConnectSuite extends SuiteDescriptor {
  static final double MARGIN = 0.05;

  ConnectSuite() {
    super("connect", "new connection and first RPC", 10);
  }

  @Override
  String subject(String arm) {
    return "a new connection with " + arm;
  }

  @Override
  long plantedNanos() {
    return 200_000;
  }

  @Override
  Profile.Amount amount(Profile profile) {
    return switch (profile) {
      case SMOKE -> new Profile.Amount(2, 2, 4);
      case QUICK -> new Profile.Amount(8, 20, 10);
      case FULL -> new Profile.Amount(12, 8, 10);
      case MATRIX -> new Profile.Amount(8, 8, 10);
    };
  }

  @Override
  Duration warmUp(Profile profile) {
    return switch (profile) {
      case SMOKE -> Duration.ZERO;
      // Profile quick has few arms, which are warm earlier, and a budget of ten minutes.
      case QUICK -> Duration.ofSeconds(12);
      case FULL, MATRIX -> Duration.ofSeconds(15);
    };
  }

  @Override
  List<ComparisonGroup> groups(Profile profile) {
    List<ComparisonGroup> groups = new ArrayList<>();
    groups.add(main(profile, comparisons(profile)));
    groups.addAll(SocketHandshakes.groups(profile));
    groups.addAll(ConnectAxes.groups(profile));
    return List.copyOf(groups);
  }

  private static List<Comparison> comparisons(Profile profile) {
    Cell plaintext = Cell.plaintext(Operation.CONNECT);
    List<Comparison> comparisons = new ArrayList<>();
    comparisons.add(
        Comparison.headline(
            "connect-jdk",
            "What does a new connection cost with TLS on the JDK, against plaintext?",
            plaintext,
            MARGIN,
            connect(SERVER, JDK),
            connect(MUTUAL, JDK)));
    comparisons.add(
        Comparison.headline(
            "connect-boringssl",
            "What does a new connection cost with TLS on BoringSSL, against plaintext?",
            plaintext,
            MARGIN,
            connect(SERVER, BORINGSSL),
            connect(MUTUAL, BORINGSSL)));
    comparisons.add(
        Comparison.survey(
            "connect-provider",
            "What does a new TLS connection cost with BoringSSL, against the JDK?",
            connect(SERVER, JDK),
            MARGIN,
            connect(SERVER, BORINGSSL)));
    if (profile.isThorough()) {
      comparisons.add(
          Comparison.survey(
              "connect-sdk-reconnect",
              "What is a TLS reconnect with our channel, against the SDK as shipped?",
              Cell.secured(Operation.CONNECT_SDK, SERVER, Tls.base(JDK)),
              MARGIN,
              connect(SERVER, JDK),
              connect(SERVER, BORINGSSL),
              plaintext));
    }
    return comparisons;
  }

  private static Cell connect(TlsMode mode, ClientProvider provider) {
    return Cell.secured(Operation.CONNECT, mode, Tls.base(provider));
  }

  /**
   * Approximate time of a connection over a distance, in ns; TCP's own round trip is not delayed.
   */
  static long nominalNanos(Cell cell) {
    int ofTls =
        cell.tls()
            .map(
                tls -> tls.protocol() == TlsProtocol.TLS_1_2 && !tls.resumption().resumes() ? 2 : 1)
            .orElse(0);
    // Settings of HTTP/2, first RPC, and what TLS adds.
    int roundTrips = 2 + ofTls;
    return (cell.isOfJdk() ? 6_500_000 : 4_000_000)
        + roundTrips * cell.operation().roundTrip().toNanos();
  }
}
