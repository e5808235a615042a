package org.milvustls.bench.scenario;

import static org.milvustls.bench.scenario.ClientProvider.BORINGSSL;
import static org.milvustls.bench.scenario.ClientProvider.JDK;
import static org.milvustls.tls.TlsMode.MUTUAL;
import static org.milvustls.tls.TlsMode.SERVER;
import static org.milvustls.tls.TlsProtocol.TLS_1_2;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.milvustls.bench.scenario.Cell.Tls;
import org.milvustls.tls.TlsMode;

/** The questions that this project asks, and in which profile. */
public final class Catalog {
  private static final Set<Profile> ALL = EnumSet.allOf(Profile.class);
  private static final Set<Profile> THOROUGH = EnumSet.of(Profile.FULL, Profile.MATRIX);
  private static final Set<Profile> NOT_SMOKE = EnumSet.complementOf(EnumSet.of(Profile.SMOKE));

  /** Delay of the positive control, in ns: a few percent of the baseline's operation. */
  private static final long PLANTED_HANDSHAKE = 100_000;

  private static final long PLANTED_CONNECT = 200_000;
  private static final long PLANTED_SEARCH = 100_000;

  private record Entry(Set<Profile> profiles, Comparison comparison) {}

  /**
   * Comparisons that make one panel.
   *
   * @param name of the panel
   * @param title what its operations are, in words
   * @param comparisons in the order in which reports show them
   * @param amount how much is measured
   */
  public record Group(
      String name, String title, List<Comparison> comparisons, Profile.Amount amount) {
    /** What all its cells belong to. */
    Suite suite() {
      return comparisons.get(0).baseline().suite();
    }

    /** The same, measured more or less. */
    Group with(Profile.Amount other) {
      return new Group(name, title, comparisons, other);
    }
  }

  private static final List<Entry> ENTRIES = entries();

  private Catalog() {}

  /** What becomes one panel each, in the order in which reports show them. */
  public static List<Group> groups(Profile profile, Suite suite) {
    List<Group> groups = new ArrayList<>();
    List<Comparison> main = comparisons(profile, suite);
    if (!main.isEmpty()) {
      groups.add(new Group(suite.id(), suite.title(), main, profile.amount(suite)));
    }
    if (suite == Suite.HANDSHAKE) {
      groups.addAll(HandshakeCatalog.groups(profile));
    }
    if (suite == Suite.CONNECT) {
      groups.addAll(HandshakeCatalog.sockets(profile));
      groups.addAll(ConnectCatalog.groups(profile));
    }
    if (suite == Suite.SEARCH) {
      groups.addAll(SearchCatalog.groups(profile));
    }
    return List.copyOf(groups);
  }

  /** The comparisons of a suite's main panel. */
  private static List<Comparison> comparisons(Profile profile, Suite suite) {
    return ENTRIES.stream()
        .filter(entry -> entry.profiles().contains(profile))
        .map(Entry::comparison)
        .filter(comparison -> comparison.baseline().suite() == suite)
        .toList();
  }

  /**
   * The arms of suite {@code load}: plaintext, the same again on a server of its own, and TLS; with
   * mutual TLS where there is time for it.
   */
  public static List<Arm> loadArms(Profile profile) {
    List<Arm> arms = new ArrayList<>();
    arms.add(Arm.measured(Cell.plaintext(Operation.LOAD)));
    arms.add(Arm.control(Cell.plaintext(Operation.LOAD)));
    arms.add(Arm.measured(Cell.secured(Operation.LOAD, SERVER, Tls.base(JDK))));
    arms.add(Arm.measured(Cell.secured(Operation.LOAD, SERVER, Tls.base(BORINGSSL))));
    if (profile == Profile.MATRIX) {
      arms.add(Arm.measured(Cell.secured(Operation.LOAD, MUTUAL, Tls.base(JDK))));
      arms.add(Arm.measured(Cell.secured(Operation.LOAD, MUTUAL, Tls.base(BORINGSSL))));
    }
    return List.copyOf(arms);
  }

  /** The delay that a suite's positive control plants into each operation, in ns. */
  public static long plantedNanos(Suite suite) {
    return switch (suite) {
      case HANDSHAKE -> PLANTED_HANDSHAKE;
      case CONNECT -> PLANTED_CONNECT;
      case SEARCH -> PLANTED_SEARCH;
      case LOAD -> throw new IllegalArgumentException("suite load plants no delay");
    };
  }

  private static List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    handshake(entries);
    connect(entries);
    search(entries);
    return List.copyOf(entries);
  }

  private static void handshake(List<Entry> entries) {
    Cell jdk = handshake(Tls.base(JDK));
    Cell boringSsl = handshake(Tls.base(BORINGSSL));
    Cell jdk12 = handshake(Tls.base(JDK).with(TLS_1_2));
    Cell boringSsl12 = handshake(Tls.base(BORINGSSL).with(TLS_1_2));
    Cell jdkUnseen = handshake(Tls.base(JDK).with(ChainMemory.UNSEEN));
    Cell boringSslUnseen = handshake(Tls.base(BORINGSSL).with(ChainMemory.UNSEEN));
    entries.add(
        headline(
            ALL,
            "handshake-provider",
            "What does a full TLS 1.3 handshake cost the client with BoringSSL, against the JDK?",
            jdk,
            0.02,
            boringSsl));
    entries.add(
        survey(
            ALL,
            "handshake-protocol",
            "What does TLS 1.2 cost the client, against TLS 1.3, with the JDK?",
            jdk,
            0.02,
            jdk12));
    entries.add(
        survey(
            ALL,
            "handshake-provider-tls1.2",
            "The same with TLS 1.2: BoringSSL against the JDK?",
            jdk12,
            0.02,
            boringSsl12));
    entries.add(
        survey(
            NOT_SMOKE,
            "handshake-provider-unseen",
            "And when the JVM meets the server's certificate for the first time?",
            jdkUnseen,
            0.02,
            boringSslUnseen));
  }

  private static void connect(List<Entry> entries) {
    Cell plaintext = Cell.plaintext(Operation.CONNECT);
    entries.add(
        headline(
            ALL,
            "connect-jdk",
            "What does a new connection cost with TLS on the JDK, against plaintext?",
            plaintext,
            0.05,
            connect(SERVER, JDK),
            connect(MUTUAL, JDK)));
    entries.add(
        headline(
            ALL,
            "connect-boringssl",
            "What does a new connection cost with TLS on BoringSSL, against plaintext?",
            plaintext,
            0.05,
            connect(SERVER, BORINGSSL),
            connect(MUTUAL, BORINGSSL)));
    entries.add(
        survey(
            ALL,
            "connect-provider",
            "What does a new TLS connection cost with BoringSSL, against the JDK?",
            connect(SERVER, JDK),
            0.05,
            connect(SERVER, BORINGSSL)));
    entries.add(
        survey(
            THOROUGH,
            "connect-sdk-reconnect",
            "What is a TLS reconnect with our channel, against the SDK as shipped?",
            Cell.secured(Operation.CONNECT_SDK, SERVER, Tls.base(JDK)),
            0.05,
            connect(SERVER, JDK),
            connect(SERVER, BORINGSSL),
            plaintext));
  }

  private static void search(List<Entry> entries) {
    entries.add(search(ALL, Operation.SEARCH, "search", "a small search"));
    entries.add(
        search(
            THOROUGH,
            Operation.SEARCH_VECTORS,
            "search-vectors",
            "a search that returns 100 vectors"));
  }

  private static Entry search(
      Set<Profile> profiles, Operation operation, String name, String what) {
    return headline(
        profiles,
        name,
        "What does TLS cost on " + what + " over an open connection, against plaintext?",
        Cell.plaintext(operation),
        0.03,
        Cell.secured(operation, SERVER, Tls.base(JDK)),
        Cell.secured(operation, SERVER, Tls.base(BORINGSSL)),
        Cell.secured(operation, MUTUAL, Tls.base(JDK)),
        Cell.secured(operation, MUTUAL, Tls.base(BORINGSSL)));
  }

  private static Cell handshake(Tls tls) {
    return Cell.secured(Operation.HANDSHAKE, SERVER, tls);
  }

  private static Cell connect(TlsMode mode, ClientProvider provider) {
    return Cell.secured(Operation.CONNECT, mode, Tls.base(provider));
  }

  private static Entry headline(
      Set<Profile> profiles,
      String name,
      String question,
      Cell baseline,
      double margin,
      Cell... cells) {
    return new Entry(
        profiles, new Comparison(name, question, baseline, List.of(cells), true, margin));
  }

  private static Entry survey(
      Set<Profile> profiles,
      String name,
      String question,
      Cell baseline,
      double margin,
      Cell... cells) {
    return new Entry(
        profiles, new Comparison(name, question, baseline, List.of(cells), false, margin));
  }
}
