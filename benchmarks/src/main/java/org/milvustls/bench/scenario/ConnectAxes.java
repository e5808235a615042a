package org.milvustls.bench.scenario;

import static org.milvustls.bench.scenario.ClientProvider.BORINGSSL;
import static org.milvustls.bench.scenario.ClientProvider.JDK;
import static org.milvustls.bench.scenario.SessionReuse.TICKET;
import static org.milvustls.tls.TlsMode.MUTUAL;
import static org.milvustls.tls.TlsMode.SERVER;
import static org.milvustls.tls.TlsProtocol.TLS_1_2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.milvustls.bench.scenario.Cell.Tls;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.TlsMode;

/**
 * Variants of a new connection: other settings, another key of the server, the SDK, a distance, a
 * new JVM.
 */
final class ConnectAxes {
  private final Profile profile;

  private ConnectAxes(Profile profile) {
    this.profile = profile;
  }

  static List<ComparisonGroup> groups(Profile profile) {
    ConnectAxes catalog = new ConnectAxes(profile);
    return switch (profile) {
      case SMOKE, QUICK -> List.of();
      case FULL -> catalog.common();
      case MATRIX ->
          Stream.concat(catalog.common().stream(), Stream.of(catalog.rareKeys())).toList();
    };
  }

  private List<ComparisonGroup> common() {
    return List.of(
        settings(),
        keys("connect-keys", KeyType.RSA_2048, KeyType.RSA_4096),
        sdk(),
        distance(Operation.CONNECT_RTT_1),
        distance(Operation.CONNECT_RTT_10),
        distance(Operation.CONNECT_RTT_50),
        coldStart());
  }

  private ComparisonGroup rareKeys() {
    return keys("connect-keys-rare", KeyType.ECDSA_P384, KeyType.ED25519, KeyType.RSA_3072);
  }

  private ComparisonGroup settings() {
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
    return new ComparisonGroup(
        "connect-settings",
        "new connection, by protocol, resumption and SslContext",
        comparisons,
        profile.survey(10));
  }

  /** Each key needs a server of its own, and so does the control. */
  private ComparisonGroup keys(String name, KeyType... types) {
    List<Comparison> comparisons = new ArrayList<>();
    for (ClientProvider provider : List.of(JDK, BORINGSSL)) {
      comparisons.add(
          survey(
              name + "-" + provider.id(),
              "What does another key of the server cost a new connection with "
                  + provider.title()
                  + ", against ECDSA P-256?",
              connect(Operation.CONNECT, SERVER, Tls.base(provider)),
              Arrays.stream(types)
                  .map(type -> connect(Operation.CONNECT, SERVER, Tls.base(provider).with(type)))
                  .toArray(Cell[]::new)));
    }
    return new ComparisonGroup(
        name, "new connection, by the server's key", comparisons, profile.survey(10));
  }

  private ComparisonGroup sdk() {
    Cell shipped = connect(Operation.CONNECT_SDK, SERVER, Tls.base(JDK));
    return new ComparisonGroup(
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
                "What is a new TLS client of the SDK with BoringSSL, put back or in version 2.6.17,"
                    + " against the SDK as it is shipped?",
                shipped,
                connect(Operation.CONNECT_SDK_RESTORED, SERVER, Tls.base(BORINGSSL)),
                connect(Operation.CONNECT_SDK_EARLIER, SERVER, Tls.base(BORINGSSL)))),
        profile.survey(10));
  }

  /** The steps that cost a round trip: TLS 1.3 or 1.2, full or resumed. */
  private ComparisonGroup distance(Operation operation) {
    Tls jdk = Tls.base(JDK);
    List<Cell> cells = new ArrayList<>();
    cells.add(connect(operation, SERVER, jdk));
    cells.add(connect(operation, SERVER, jdk.with(TICKET)));
    cells.add(connect(operation, SERVER, jdk.with(TLS_1_2)));
    // The JDK does not resume TLS 1.2 with Milvus.
    cells.add(connect(operation, SERVER, Tls.base(BORINGSSL).with(TLS_1_2).with(TICKET)));
    if (profile == Profile.MATRIX) {
      cells.add(connect(operation, SERVER, Tls.base(BORINGSSL)));
      cells.add(connect(operation, SERVER, Tls.base(BORINGSSL).with(TICKET)));
      cells.add(connect(operation, SERVER, Tls.base(BORINGSSL).with(TLS_1_2)));
      cells.add(connect(operation, MUTUAL, jdk));
    }
    return new ComparisonGroup(
        operation.id(),
        "new connection over a " + operation.words(),
        List.of(
            new Comparison(
                operation.id(),
                "What does TLS cost on a new connection over a " + operation.words() + "?",
                Cell.plaintext(operation),
                cells,
                false,
                ConnectSuite.MARGIN)),
        profile.survey(operation == Operation.CONNECT_RTT_1 ? 10 : 5));
  }

  private ComparisonGroup coldStart() {
    List<Cell> cells = new ArrayList<>();
    cells.add(connect(Operation.COLD_START, SERVER, Tls.base(JDK)));
    cells.add(connect(Operation.COLD_START, SERVER, Tls.base(BORINGSSL)));
    if (profile == Profile.MATRIX) {
      cells.add(connect(Operation.COLD_START, MUTUAL, Tls.base(JDK)));
    }
    return new ComparisonGroup(
        "cold-start",
        "start of a JVM, up to its first answer from Milvus",
        List.of(
            survey(
                "cold-start",
                "What does TLS cost from the start of a JVM to its first answer, against plaintext?",
                Cell.plaintext(Operation.COLD_START),
                cells.toArray(Cell[]::new))),
        profile.survey(2));
  }

  private static Cell connect(Operation operation, TlsMode mode, Tls tls) {
    return Cell.secured(operation, mode, tls);
  }

  private static Comparison survey(String name, String question, Cell baseline, Cell... cells) {
    return new Comparison(name, question, baseline, List.of(cells), false, ConnectSuite.MARGIN);
  }
}
