package org.milvustls.bench.scenario;

import static org.milvustls.bench.scenario.ClientProvider.BORINGSSL;
import static org.milvustls.bench.scenario.ClientProvider.JDK;
import static org.milvustls.tls.TlsProtocol.TLS_1_2;

import java.util.List;
import java.util.stream.Stream;
import org.milvustls.bench.scenario.Cell.Tls;
import org.milvustls.tls.TlsMode;

/** Handshakes over a socket to Milvus, one-way and mutual. */
final class SocketHandshakes {
  private static final double MARGIN = 0.02;

  /** The number of forks is a multiple of the number of servers; the modes need two. */
  private static final Profile.Amount SOCKETS = new Profile.Amount(8, 1, 10);

  private static final Profile.Amount SHORT_SOCKETS = new Profile.Amount(4, 1, 8);

  private SocketHandshakes() {}

  /** Empty in smoke and quick, which use their time for the headline comparisons. */
  static List<ComparisonGroup> groups(Profile profile) {
    return switch (profile) {
      case SMOKE, QUICK -> List.of();
      case FULL -> List.of(sockets(Stream.of(BORINGSSL)).with(SHORT_SOCKETS));
      case MATRIX -> List.of(sockets(HandshakeAxes.others()));
    };
  }

  private static ComparisonGroup sockets(Stream<ClientProvider> others) {
    Cell jdk = socket(TlsMode.SERVER, Tls.base(JDK));
    Cell jdk12 = socket(TlsMode.SERVER, Tls.base(JDK).with(TLS_1_2));
    return new ComparisonGroup(
        "handshake-socket",
        "handshake over a socket to Milvus",
        List.of(
            new Comparison(
                "handshake-socket-providers",
                "What does a TLS 1.3 handshake with Milvus cost with another provider, against the"
                    + " JDK?",
                jdk,
                others.map(provider -> socket(TlsMode.SERVER, Tls.base(provider))).toList(),
                false,
                MARGIN),
            new Comparison(
                "handshake-socket-providers-tls1.2",
                "The same with TLS 1.2: BoringSSL against the JDK?",
                jdk12,
                List.of(socket(TlsMode.SERVER, Tls.base(BORINGSSL).with(TLS_1_2))),
                false,
                MARGIN),
            new Comparison(
                "handshake-socket-protocol",
                "What does a handshake with Milvus cost with TLS 1.2, against TLS 1.3, with the JDK?",
                jdk,
                List.of(jdk12),
                false,
                MARGIN),
            new Comparison(
                "handshake-socket-providers-mutual",
                "And in mode mutual: BoringSSL against the JDK?",
                socket(TlsMode.MUTUAL, Tls.base(JDK)),
                List.of(socket(TlsMode.MUTUAL, Tls.base(BORINGSSL))),
                false,
                MARGIN)),
        SOCKETS);
  }

  private static Cell socket(TlsMode mode, Tls tls) {
    return Cell.secured(Operation.HANDSHAKE_SOCKET, mode, tls);
  }
}
