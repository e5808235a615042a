package org.milvustls.bench.scenario;

import static org.milvustls.bench.scenario.ClientProvider.BORINGSSL;
import static org.milvustls.bench.scenario.ClientProvider.BOUNCY_CASTLE;
import static org.milvustls.bench.scenario.ClientProvider.JDK;
import static org.milvustls.tls.TlsProtocol.TLS_1_2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.milvustls.bench.scenario.Cell.Tls;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.TlsProvider;

/**
 * The axes of a handshake in memory, one panel for each. Varies a base cell by one axis at a time,
 * and by the two pairs of axes that interact (provider with protocol, provider with key type).
 */
final class HandshakeAxes {
  private static final double MARGIN = 0.02;

  /** Survey: wide intervals. */
  private static final Profile.Amount SURVEY = new Profile.Amount(3, 28, 24);

  /** A shorter survey where headline comparisons need the time. */
  private static final Profile.Amount SHORT_SURVEY = new Profile.Amount(3, 28, 16);

  private HandshakeAxes() {}

  /** One panel for each axis. */
  static List<ComparisonGroup> groups(Profile profile) {
    return switch (profile) {
      case SMOKE, QUICK -> List.of();
      case FULL ->
          Stream.of(providers(TlsProtocol.TLS_1_3), resumption(), modes())
              .map(group -> group.with(SHORT_SURVEY))
              .toList();
      case MATRIX -> all();
    };
  }

  private static List<ComparisonGroup> all() {
    List<ComparisonGroup> groups = new ArrayList<>();
    groups.add(providers(TlsProtocol.TLS_1_3));
    groups.add(providers(TLS_1_2));
    groups.add(cipherSuites());
    groups.add(namedGroups());
    groups.add(keyTypes());
    Arrays.stream(KeyType.values())
        .filter(type -> type != KeyType.ECDSA_P256)
        .map(HandshakeAxes::providersWith)
        .forEach(groups::add);
    groups.add(resumption());
    groups.add(modes());
    groups.add(chains());
    return groups;
  }

  private static ComparisonGroup providers(TlsProtocol protocol) {
    return group(
        "handshake-providers-" + protocol.id(),
        "handshake, client side, every provider, " + protocol.title(),
        compare(
            "handshake-providers-" + protocol.id(),
            "What does a full handshake cost with each other provider, against the JDK ("
                + protocol.title()
                + ")?",
            Tls.base(JDK).with(protocol),
            others().map(provider -> Tls.base(provider).with(protocol))));
  }

  private static ComparisonGroup providersWith(KeyType type) {
    return group(
        "handshake-providers-" + type.id(),
        "handshake, client side, every provider, key " + type.id(),
        compare(
            "handshake-providers-" + type.id(),
            "What does it cost with each other provider, against the JDK, with a key "
                + type.id()
                + "?",
            Tls.base(JDK).with(type),
            others().map(provider -> Tls.base(provider).with(type))));
  }

  private static ComparisonGroup cipherSuites() {
    List<Comparison> comparisons = new ArrayList<>();
    for (ClientProvider provider : List.of(JDK, BORINGSSL)) {
      for (TlsProtocol protocol : TlsProtocol.values()) {
        Tls base = Tls.base(provider).with(protocol);
        comparisons.add(
            compare(
                "handshake-cipher-suites-" + provider.id() + "-" + protocol.id(),
                "Does the cipher suite matter to a handshake ("
                    + provider.title()
                    + ", "
                    + protocol.title()
                    + ")?",
                base,
                Arrays.stream(CipherSuite.values())
                    .filter(suite -> suite != base.cipherSuite())
                    .map(base::with)));
      }
    }
    return group("handshake-cipher-suites", "handshake, client side, cipher suites", comparisons);
  }

  private static ComparisonGroup namedGroups() {
    List<Comparison> comparisons = new ArrayList<>();
    for (ClientProvider provider : List.of(JDK, BORINGSSL)) {
      Tls base = Tls.base(provider);
      comparisons.add(
          compare(
              "handshake-groups-" + provider.id(),
              "What does another named group cost, against X25519 (" + provider.title() + ")?",
              base,
              Stream.of(NamedGroup.SECP256R1, NamedGroup.SECP384R1).map(base::with)));
    }
    for (ClientProvider provider : List.of(JDK, BORINGSSL, BOUNCY_CASTLE)) {
      Tls base = Tls.base(provider).withServer(TlsProvider.BORINGSSL);
      comparisons.add(
          compare(
              "handshake-groups-mlkem-" + provider.id(),
              "What does the post-quantum hybrid X25519MLKEM768 cost, against X25519 ("
                  + provider.title()
                  + ", with a server of BoringSSL)?",
              base,
              Stream.of(base.with(NamedGroup.X25519MLKEM768))));
    }
    return group("handshake-groups", "handshake, client side, named groups", comparisons);
  }

  private static ComparisonGroup keyTypes() {
    List<Comparison> comparisons = new ArrayList<>();
    for (ClientProvider provider : List.of(JDK, BORINGSSL)) {
      Tls base = Tls.base(provider);
      comparisons.add(
          compare(
              "handshake-keys-" + provider.id(),
              "What does another key of the server cost the client, against ECDSA P-256 ("
                  + provider.title()
                  + ")?",
              base,
              Arrays.stream(KeyType.values())
                  .filter(type -> type != KeyType.ECDSA_P256)
                  .map(base::with)));
    }
    return group("handshake-keys", "handshake, client side, key types", comparisons);
  }

  private static ComparisonGroup resumption() {
    List<Comparison> comparisons = new ArrayList<>();
    for (ClientProvider provider : List.of(JDK, BORINGSSL)) {
      for (TlsProtocol protocol : TlsProtocol.values()) {
        Tls base = Tls.base(provider).with(protocol);
        comparisons.add(
            compare(
                "handshake-resumed-" + provider.id() + "-" + protocol.id(),
                "What does a resumed handshake cost, against a full one ("
                    + provider.title()
                    + ", "
                    + protocol.title()
                    + ")?",
                base,
                Stream.of(SessionReuse.TICKET, SessionReuse.SESSION_ID)
                    .filter(by -> protocol == TLS_1_2 || by == SessionReuse.TICKET)
                    .map(base::with)));
      }
    }
    return group("handshake-resumed", "handshake, client side, full and resumed", comparisons);
  }

  private static ComparisonGroup modes() {
    return group(
        "handshake-mutual",
        "handshake, client side, one-way and mutual",
        Stream.of(JDK, BORINGSSL)
            .map(
                provider ->
                    new Comparison(
                        "handshake-mutual-" + provider.id(),
                        "What does mutual authentication add (" + provider.title() + ")?",
                        cell(Tls.base(provider)),
                        List.of(
                            Cell.secured(Operation.HANDSHAKE, TlsMode.MUTUAL, Tls.base(provider))),
                        false,
                        MARGIN))
            .toList());
  }

  private static ComparisonGroup chains() {
    List<Comparison> comparisons = new ArrayList<>();
    for (ClientProvider provider : List.of(JDK, BORINGSSL)) {
      for (ChainMemory memory : ChainMemory.values()) {
        Tls base = Tls.base(provider).with(memory);
        comparisons.add(
            compare(
                "handshake-chain-" + provider.id() + "-" + memory.id(),
                "What does a chain without an intermediate save ("
                    + provider.title()
                    + ", certificate "
                    + memory.id()
                    + ")?",
                base,
                Stream.of(base.withShortChain())));
      }
      comparisons.add(
          compare(
              "handshake-unseen-" + provider.id(),
              "What does a certificate cost that the JVM meets for the first time ("
                  + provider.title()
                  + ")?",
              Tls.base(provider),
              Stream.of(Tls.base(provider).with(ChainMemory.UNSEEN))));
    }
    return group("handshake-chain", "handshake, client side, chains", comparisons);
  }

  /** Every provider but the JDK. */
  static Stream<ClientProvider> others() {
    return Arrays.stream(ClientProvider.values()).filter(provider -> provider != JDK);
  }

  private static Cell cell(Tls tls) {
    return Cell.secured(Operation.HANDSHAKE, TlsMode.SERVER, tls);
  }

  private static Comparison compare(String name, String question, Tls baseline, Stream<Tls> arms) {
    return new Comparison(
        name, question, cell(baseline), arms.map(HandshakeAxes::cell).toList(), false, MARGIN);
  }

  private static ComparisonGroup group(String name, String title, Comparison comparison) {
    return group(name, title, List.of(comparison));
  }

  private static ComparisonGroup group(String name, String title, List<Comparison> comparisons) {
    return new ComparisonGroup(name, title, comparisons, SURVEY);
  }
}
