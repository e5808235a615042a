package org.milvustls.bench.scenario;

import static org.milvustls.bench.scenario.ClientProvider.BORINGSSL;
import static org.milvustls.bench.scenario.ClientProvider.JDK;
import static org.milvustls.bench.scenario.SessionReuse.TICKET;
import static org.milvustls.tls.TlsMode.MUTUAL;
import static org.milvustls.tls.TlsMode.SERVER;
import static org.milvustls.tls.TlsProtocol.TLS_1_2;

import java.util.ArrayList;
import java.util.List;
import org.milvustls.bench.scenario.Cell.Tls;
import org.milvustls.tls.TlsMode;

/** New connections beside the common one: other settings, the SDK, a distance, a new JVM. */
final class ConnectCatalog {
  private static final double MARGIN = 0.05;

  /** Two forks for each rotation of four servers: the fewest that give an interval. */
  private static final int FORKS = 8;

  private ConnectCatalog() {}

  static List<Catalog.Group> groups(Profile profile) {
    if (profile != Profile.MATRIX) {
      return List.of();
    }
    return List.of(
        settings(),
        sdk(),
        distance(Operation.CONNECT_RTT_1, 6),
        distance(Operation.CONNECT_RTT_10, 4),
        distance(Operation.CONNECT_RTT_50, 3),
        coldStart());
  }

  private static Catalog.Group settings() {
    List<Comparison> comparisons = new ArrayList<>();
    for (ClientProvider provider : List.of(JDK, BORINGSSL)) {
      Cell base = connect(Operation.CONNECT, SERVER, Tls.base(provider));
      String with = " with " + provider.title();
      comparisons.add(
          survey(
              "connect-protocol-" + provider.id(),
              "What does a new connection cost with TLS 1.2" + with + ", against TLS 1.3?",
              base,
              connect(Operation.CONNECT, SERVER, Tls.base(provider).with(TLS_1_2))));
      comparisons.add(
          survey(
              "connect-resumed-" + provider.id(),
              "What does a resumed session save" + with + ", against a full handshake?",
              base,
              connect(Operation.CONNECT, SERVER, Tls.base(provider).with(TICKET)),
              connect(Operation.CONNECT, SERVER, Tls.base(provider).with(TLS_1_2).with(TICKET))));
      comparisons.add(
          survey(
              "connect-context-" + provider.id(),
              "What does a new SslContext for each connection cost"
                  + with
                  + ", against a shared one?",
              base,
              connect(Operation.CONNECT_NEW_CONTEXT, SERVER, Tls.base(provider))));
    }
    return new Catalog.Group(
        "connect-settings",
        "new connection, by protocol, resumption and SslContext",
        comparisons,
        new Profile.Amount(FORKS, 6, 6));
  }

  private static Catalog.Group sdk() {
    Cell shipped = connect(Operation.CONNECT_SDK, SERVER, Tls.base(JDK));
    return new Catalog.Group(
        "connect-sdk",
        "new client of the Milvus SDK and first RPC",
        List.of(
            survey(
                "connect-sdk-tls",
                "What does TLS cost a new client of the SDK as shipped, against plaintext?",
                Cell.plaintext(Operation.CONNECT_SDK),
                shipped,
                connect(Operation.CONNECT_SDK, MUTUAL, Tls.base(JDK))),
            survey(
                "connect-sdk-restored",
                "What does the SDK gain when its BoringSSL is put back, against as it is shipped?",
                shipped,
                connect(Operation.CONNECT_SDK_RESTORED, SERVER, Tls.base(BORINGSSL)))),
        new Profile.Amount(FORKS, 6, 6));
  }

  private static Catalog.Group distance(Operation operation, int cycles) {
    List<Cell> cells = new ArrayList<>();
    for (ClientProvider provider : List.of(JDK, BORINGSSL)) {
      Tls base = Tls.base(provider);
      cells.add(connect(operation, SERVER, base));
      cells.add(connect(operation, SERVER, base.with(TICKET)));
      cells.add(connect(operation, SERVER, base.with(TLS_1_2)));
    }
    cells.add(connect(operation, SERVER, Tls.base(BORINGSSL).with(TLS_1_2).with(TICKET)));
    cells.add(connect(operation, MUTUAL, Tls.base(JDK)));
    return new Catalog.Group(
        operation.id(),
        "new connection over a " + operation.words(),
        List.of(
            new Comparison(
                operation.id(),
                "What does TLS cost on a new connection over a " + operation.words() + "?",
                Cell.plaintext(operation),
                cells,
                false,
                MARGIN)),
        new Profile.Amount(FORKS, cycles, cycles));
  }

  private static Catalog.Group coldStart() {
    return new Catalog.Group(
        "cold-start",
        "start of a JVM, up to its first answer from Milvus",
        List.of(
            survey(
                "cold-start",
                "What does TLS cost from the start of a JVM to its first answer, against plaintext?",
                Cell.plaintext(Operation.COLD_START),
                connect(Operation.COLD_START, SERVER, Tls.base(JDK)),
                connect(Operation.COLD_START, SERVER, Tls.base(BORINGSSL)),
                connect(Operation.COLD_START, MUTUAL, Tls.base(JDK)))),
        new Profile.Amount(FORKS, 1, 4));
  }

  private static Cell connect(Operation operation, TlsMode mode, Tls tls) {
    return Cell.secured(operation, mode, tls);
  }

  private static Comparison survey(String name, String question, Cell baseline, Cell... cells) {
    return new Comparison(name, question, baseline, List.of(cells), false, MARGIN);
  }
}
