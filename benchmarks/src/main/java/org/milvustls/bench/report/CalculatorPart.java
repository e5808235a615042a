package org.milvustls.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milvustls.bench.result.Json;
import org.milvustls.bench.result.Summary.CostTerm;
import org.milvustls.bench.result.Summary.HeldOut;
import org.milvustls.bench.result.Summary.Settings;
import org.milvustls.bench.result.Summary.Value;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.scenario.Suite;

/** The calculator of the page: the run's cost model, what it was tested on, what it lacks. */
final class CalculatorPart {
  private final RunReport run;
  private final Labels labels;
  private final List<Settings> settings;

  private CalculatorPart(RunReport run) {
    this.run = run;
    this.labels = run.labels();
    this.settings = run.summary().costs().settings();
  }

  static Page.Calculator of(RunReport run) {
    return new CalculatorPart(run).part();
  }

  private Page.Calculator part() {
    return new Page.Calculator(json(), terms(), tests(), missing(), !settings.isEmpty());
  }

  /** The label of the settings' connection, or of their search. */
  private String label(Settings one) {
    return one.connection().or(one::search).map(term -> labels.of(term.arm())).orElse(one.name());
  }

  private String json() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Settings one : settings) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("label", label(one));
      one.connection().ifPresent(term -> row.put("connection", term(term)));
      one.search().ifPresent(term -> row.put("search", term(term)));
      rows.add(row);
    }
    Map<String, Object> model = new LinkedHashMap<>();
    run.environment().ifPresent(e -> model.put("cores", e.machine().cores()));
    model.put("settings", rows);
    try {
      // Nothing in it can end the script element that it stands in.
      return Json.mapper().writeValueAsString(model).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> term(CostTerm term) {
    Map<String, Object> terms = new LinkedHashMap<>();
    terms.put("latency", numbers(term.latencyNanos()));
    terms.put("client", numbers(term.clientCpuNanos()));
    term.serverCpuNanos().ifPresent(value -> terms.put("server", numbers(value)));
    return terms;
  }

  /** Mean, and the ends of its interval when it has one. */
  private static List<Double> numbers(Value value) {
    return value
        .interval()
        .map(i -> List.of(value.mean(), i.low(), i.high()))
        .orElse(List.of(value.mean()));
  }

  private Table terms() {
    return new Table(
        "Costs of one operation, intervals of "
            + Numbers.plain(run.summary().costs().confidence() * 100)
            + " % so that a sum of two has 95 %",
        List.of(
            "settings",
            "connection: time",
            "client CPU",
            "server CPU",
            "search: time",
            "client CPU",
            "server CPU"),
        settings.stream().map(this::row).toList());
  }

  private Table.Row row(Settings one) {
    List<Table.Td> cells = new ArrayList<>(List.of(Table.Td.of(label(one))));
    for (@Nullable CostTerm term :
        new @Nullable CostTerm[] {one.connection().orElse(null), one.search().orElse(null)}) {
      Optional<CostTerm> there = Optional.ofNullable(term);
      cells.add(td(there.map(CostTerm::latencyNanos)));
      cells.add(td(there.map(CostTerm::clientCpuNanos)));
      cells.add(td(there.flatMap(CostTerm::serverCpuNanos)));
    }
    return new Table.Row(cells, Map.of());
  }

  private static Table.Td td(Optional<Value> value) {
    return value
        .map(v -> Table.Td.number(Numbers.millis(v), v.mean()))
        .orElse(Table.Td.of("not measured"));
  }

  private List<String> tests() {
    List<String> tests =
        new ArrayList<>(run.summary().costs().heldOut().stream().map(this::test).toList());
    if (tests.isEmpty()) {
      tests.add(
          "The sums could not be tested: that needs two providers, each in one-way and mutual mode.");
    }
    return tests;
  }

  private String test(HeldOut test) {
    String words =
        "Left out and predicted from the others by adding costs: "
            + labels.subject(suite(test.arm()), test.arm())
            + ": predicted "
            + Numbers.millis(test.predictedNanos())
            + ", measured "
            + Numbers.millis(test.measuredNanos());
    return words
        + test.errorNanos()
            .interval()
            .map(
                i ->
                    "; error "
                        + Numbers.millis(test.errorNanos().mean())
                        + " (95 % interval "
                        + Numbers.millisRange(i)
                        + "): "
                        + (test.agrees() ? "no contradiction." : "the costs do not simply add up."))
            .orElse("; too few forks to say more.");
  }

  private Suite suite(String arm) {
    return run.summary().cells().stream()
        .filter(cell -> cell.arm().equals(arm))
        .findFirst()
        .orElseThrow()
        .suite();
  }

  private List<String> missing() {
    List<String> missing = new ArrayList<>();
    missing.add(
        measured(Operation.SEARCH_VECTORS_1536)
            ? "Payload: the chart of cost against payload has what this run measured; the calculator"
                + " takes a small search and has no cost for each KB."
            : "Payload: this run has too few payloads for a cost for each KB.");
    missing.add(
        measured(Operation.CONNECT_RTT_50)
            ? "Round-trip time: the chart of cost against round-trip time has what this run measured;"
                + " the calculator takes connections over loopback."
            : "Round-trip time: measured over loopback, where there is none. By protocol a full"
                + " handshake waits one round trip more in TLS 1.3 and two in TLS 1.2, beside the one"
                + " of TCP.");
    if (settings.stream().allMatch(one -> one.connection().isEmpty())) {
      missing.add("Connections: suite connect was not measured.");
    }
    if (settings.stream().allMatch(one -> one.search().isEmpty())) {
      missing.add("Searches: suite search was not measured.");
    }
    return missing;
  }

  private boolean measured(Operation operation) {
    return run.summary().cells().stream()
        .anyMatch(cell -> cell.arm().startsWith(operation.id() + "/"));
  }
}
