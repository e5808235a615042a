package org.milvustls.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.milvustls.bench.result.Summary.Unavailable;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ChainMemory;
import org.milvustls.bench.scenario.CipherSuite;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProvider;

/** Readable labels of arms. A label contains only the differences from the base cell. */
final class Labels {
  private final Map<String, String> labels = new LinkedHashMap<>();
  private final Map<Suite, String> firstPanels = new EnumMap<>(Suite.class);

  Labels(Plan plan) {
    for (Panel panel : plan.panels()) {
      firstPanels.putIfAbsent(panel.suite(), panel.name());
    }
    plan.arms().forEach(arm -> labels.put(arm.name(), label(arm)));
  }

  /** The label of an arm; an arm outside the plan keeps its name. */
  String of(String arm) {
    return labels.getOrDefault(arm, arm);
  }

  /** Whether the cell of this name belongs to a suite; works for cells that left the plan too. */
  static boolean belongs(String cell, Suite suite) {
    return Arrays.stream(Operation.values())
        .filter(operation -> operation.suite() == suite)
        .anyMatch(operation -> cell.startsWith(operation.id() + "/"));
  }

  /** Unavailable cells of the panel's suite, listed with the first panel of that suite. */
  List<Unavailable> missing(Panel panel, List<Unavailable> unavailable) {
    return panel.name().equals(firstPanels.get(panel.suite()))
        ? unavailable.stream().filter(cell -> belongs(cell.cell(), panel.suite())).toList()
        : List.of();
  }

  /** Replaces the names of arms in a text by their labels. */
  String in(String text) {
    String readable = text;
    for (String arm :
        labels.keySet().stream().sorted(Comparator.comparing(String::length).reversed()).toList()) {
      readable = readable.replace(arm, of(arm));
    }
    return readable;
  }

  /** The operation and the arm as a subject: "a new connection with TLS 1.3, JDK, server". */
  String subject(Suite suite, String arm) {
    return suite.subject(of(arm));
  }

  private static String label(Arm arm) {
    String cell = label(arm.cell());
    return switch (arm.kind()) {
      case MEASURED -> cell;
      case CONTROL -> cell + " (again: A/A)";
      case PLANTED -> cell + " (" + arm.plantedNanos() / 1000 + " µs planted)";
      case PAUSED -> cell + " (" + arm.plantedNanos() / 1000 + " µs pause, not counted)";
    };
  }

  private static String label(Cell cell) {
    List<String> words = new ArrayList<>();
    if (!cell.operation().words().isEmpty()) {
      words.add(cell.operation().words());
    }
    words.add(settings(cell));
    return String.join(", ", words);
  }

  /** The settings of a cell, without the operation. */
  static String settings(Cell cell) {
    return cell.tls().map(tls -> String.join(", ", words(cell, tls))).orElse("plaintext");
  }

  private static List<String> words(Cell cell, Cell.Tls tls) {
    List<String> words = new ArrayList<>();
    words.add(tls.protocol().title());
    words.add(tls.provider().title());
    if (cell.suite().needsMilvus() || cell.mode() == TlsMode.MUTUAL) {
      words.add(cell.mode() == TlsMode.MUTUAL ? "mutual" : "one-way");
    }
    if (tls.cipherSuite() != CipherSuite.AES_128_GCM) {
      words.add(tls.cipherSuite().id());
    }
    if (tls.namedGroup() != NamedGroup.X25519) {
      words.add(tls.namedGroup().id());
    }
    if (tls.keyType() != KeyType.ECDSA_P256) {
      words.add(tls.keyType().id());
    }
    if (tls.resumption().resumes()) {
      words.add(tls.resumption().title());
    }
    if (tls.chain() == ChainMemory.UNSEEN) {
      words.add("new certificate");
    }
    if (tls.hasShortChain()) {
      words.add("chain of " + tls.certificates());
    }
    if (tls.server() != TlsProvider.JDK) {
      words.add("server of BoringSSL");
    }
    return words;
  }
}
