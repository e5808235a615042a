package org.milvustls.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.milvustls.bench.result.Json;
import org.milvustls.bench.result.Summary.CostModel;
import org.milvustls.bench.result.Summary.CostTerm;
import org.milvustls.bench.result.Summary.HeldOut;
import org.milvustls.bench.result.Summary.Metric;
import org.milvustls.bench.result.Summary.Settings;
import org.milvustls.bench.result.Summary.Value;

/** The calculator of the page: the run's cost model, its tests and its missing terms. */
final class CalculatorPart {
  /**
   * A term of the model.
   *
   * @param key for the script
   * @param words for people
   * @param of reads it from the settings
   */
  private record Term(String key, String words, Function<Settings, Optional<CostTerm>> of) {}

  private static final Term CONNECTION =
      new Term("connection", "one connection", Settings::connection);
  private static final Term ROUND_TRIP =
      new Term("roundTrip", "a connection, each ms of round-trip time", Settings::roundTrip);
  private static final Term SEARCH = new Term("search", "one search", Settings::search);
  private static final Term VECTORS =
      new Term("vectors", "a search that returns vectors, more", Settings::vectors);
  private static final Term KIBIBYTE =
      new Term("kibibyte", "a search, each KiB more", Settings::kibibyte);
  private static final List<Term> TERMS =
      List.of(CONNECTION, ROUND_TRIP, SEARCH, VECTORS, KIBIBYTE);

  private final RunReport run;
  private final Labels labels;
  private final CostModel model;
  private final List<Settings> settings;

  private CalculatorPart(RunReport run) {
    this.run = run;
    this.labels = run.labels();
    this.model = run.summary().costs();
    this.settings = model.settings();
  }

  static Page.Calculator of(RunReport run) {
    return new CalculatorPart(run).part();
  }

  private Page.Calculator part() {
    return new Page.Calculator(
        json(), terms(), accuracy(), tests(), missing(), has(KIBIBYTE), has(ROUND_TRIP));
  }

  private boolean has(Term term) {
    return settings.stream().anyMatch(one -> term.of().apply(one).isPresent());
  }

  /** The label of the settings' connection, or of their search. */
  private String label(Settings one) {
    return one.connection()
        .or(one::search)
        .map(term -> labels.of(term.arms().get(0)))
        .orElse(one.name());
  }

  private String json() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Settings one : settings) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("label", label(one));
      for (Term term : TERMS) {
        term.of().apply(one).ifPresent(cost -> row.put(term.key(), numbers(cost)));
      }
      rows.add(row);
    }
    Map<String, Object> page = new LinkedHashMap<>();
    run.environment().ifPresent(e -> page.put("cores", e.machine().cores()));
    page.put("settings", rows);
    try {
      // Without "<", no text can end the enclosing script element.
      return Json.mapper().writeValueAsString(page).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> numbers(CostTerm term) {
    Map<String, Object> terms = new LinkedHashMap<>();
    terms.put("latency", numbers(term.latencyNanos()));
    terms.put("client", numbers(term.clientCpuNanos()));
    term.serverCpuNanos().ifPresent(value -> terms.put("server", numbers(value)));
    return terms;
  }

  /** Mean, followed by the ends of its interval, if any. */
  private static List<Double> numbers(Value value) {
    return value
        .interval()
        .map(i -> List.of(value.mean(), i.low(), i.high()))
        .orElse(List.of(value.mean()));
  }

  private Table terms() {
    List<Table.Row> rows = new ArrayList<>();
    for (Settings one : settings) {
      for (Term term : TERMS) {
        term.of()
            .apply(one)
            .ifPresent(
                cost ->
                    rows.add(
                        Table.Row.of(
                            Table.Td.of(label(one)),
                            Table.Td.of(term.words()),
                            td(Optional.of(cost.latencyNanos())),
                            td(Optional.of(cost.clientCpuNanos())),
                            td(cost.serverCpuNanos()))));
      }
    }
    return new Table(
        "Terms of the model, with intervals that hold together where five are added (95 %)",
        List.of("settings", "term", "time", "client CPU", "server CPU"), rows);
  }

  private static Table.Td td(Optional<Value> value) {
    return value
        .map(v -> Table.Td.number(Numbers.cost(v), v.mean()))
        .orElse(Table.Td.of("not measured"));
  }

  // --- how good it is ----------------------------------------------------------------------------

  /** The error of the model on held-out cells, in a sentence. */
  private String accuracy() {
    List<HeldOut> all = model.heldOut();
    if (all.isEmpty()) {
      return "The model could not be tested: this run has no cell that others predict, such as a third"
          + " payload, a third round-trip time, a second provider in mutual mode or an open loop.";
    }
    List<HeldOut> sorted =
        all.stream().sorted(Comparator.comparingDouble(test -> Math.abs(test.miss()))).toList();
    HeldOut worst = sorted.get(sorted.size() - 1);
    long shown = all.stream().filter(test -> outcome(test).equals(MISSES)).count();
    return "Of "
        + Numbers.count(all.size(), "prediction", "predictions")
        + " half miss by "
        + Numbers.share(sorted.get((sorted.size() - 1) / 2).miss())
        + " of what was measured or less, the worst by "
        + Numbers.share(worst.miss())
        + " ("
        + words(worst.metric())
        + ", "
        + label(worst)
        + "). In "
        + shown
        + " the miss is shown: its interval excludes 0.";
  }

  private static final String MISSES = "misses";

  private static String outcome(HeldOut test) {
    return test.errorNanos()
        .interval()
        .map(i -> i.contains(0) ? "no miss shown" : MISSES)
        .orElse("too few forks to say");
  }

  private Table tests() {
    return new Table(
        "Cells that were left out and predicted from others; each interval holds alone (95 %)",
        List.of(
            "cell left out",
            "what",
            "predicted from",
            "predicted",
            "measured",
            "measured - predicted",
            "miss",
            "outcome"),
        model.heldOut().stream().map(this::test).toList());
  }

  private Table.Row test(HeldOut test) {
    return Table.Row.of(
        Table.Td.of(label(test)),
        Table.Td.of(words(test.metric())),
        Table.Td.of(test.from().stream().map(this::named).collect(Collectors.joining("; "))),
        Table.Td.number(Numbers.millis(test.predictedNanos()), test.predictedNanos()),
        Table.Td.number(Numbers.millis(test.measuredNanos()), test.measuredNanos()),
        Table.Td.number(Numbers.millis(test.errorNanos()), test.errorNanos().mean()),
        Table.Td.number(Numbers.percent(1 + test.miss()), test.miss()),
        Table.Td.of(outcome(test)));
  }

  private String label(HeldOut test) {
    return named(test.arm());
  }

  /** An arm with its operation, which the label omits for the main operation of a suite. */
  private String named(String arm) {
    String operation = arm.substring(0, arm.indexOf('/'));
    return switch (operation) {
      case "connect" -> "connection: " + labels.of(arm);
      case "search" -> "search: " + labels.of(arm);
      case "load" -> "search in the open loop: " + labels.of(arm);
      default -> labels.of(arm);
    };
  }

  private static String words(Metric metric) {
    return switch (metric) {
      case TIME -> "time";
      case CLIENT_CPU -> "client CPU";
      case SERVER_CPU -> "server CPU";
    };
  }

  // --- what it lacks -----------------------------------------------------------------------------

  private List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (!has(CONNECTION)) {
      missing.add("Connections: suite connect was not measured.");
    }
    if (!has(SEARCH)) {
      missing.add("Searches: suite search was not measured.");
    }
    missing.add(
        has(KIBIBYTE)
            ? "Payload: the cost of a KiB holds between the smallest and the largest payload of this run,"
                + " and has Milvus' own work for more results in it, in plaintext too."
            : "Cost for each KiB: missing, since this run has no two payloads. Profiles full and matrix"
                + " measure it.");
    missing.add(
        has(ROUND_TRIP)
            ? "Round-trip time: the relay does not delay TCP's own handshake. A real network adds one"
                + " round trip to every connection, plaintext too."
            : "Cost for each round trip: missing, since this run was made over loopback only."
                + " Profiles full and matrix measure it. By protocol a full handshake waits one round trip more than"
                + " plaintext in TLS 1.3 and two in TLS 1.2.");
    if (settings.stream()
        .anyMatch(one -> TERMS.stream().anyMatch(t -> has(t) && t.of().apply(one).isEmpty()))) {
      missing.add("A term that is not in the table was not measured with those settings.");
    }
    missing.add(
        "Searches over a distance: not measured. By protocol a search on an open connection waits at"
            + " least one round trip, with and without TLS.");
    return missing;
  }
}
