package org.milvustls.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.result.Summary.CellResult;
import org.milvustls.bench.result.Summary.Metric;
import org.milvustls.bench.result.Summary.Value;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Plan;

/** A table of settings and their costs. It marks the best where intervals separate it. */
final class ChoiceTable {
  private static final List<String> AXES =
      List.of(
          "panel",
          "operation",
          "mode",
          "provider",
          "protocol",
          "cipher suite",
          "group",
          "key type",
          "handshake",
          "certificate",
          "chain",
          "server in memory");
  private static final String NONE = "\u2013";

  private final Summary summary;
  private final boolean severalPanels;
  private final Map<String, Cell> cells = new LinkedHashMap<>();

  private ChoiceTable(Summary summary, Plan plan) {
    this.summary = summary;
    this.severalPanels =
        plan.panels().stream().map(Panel::suite).distinct().count() < plan.panels().size();
    for (Panel panel : plan.panels()) {
      panel.arms().stream()
          .filter(arm -> arm.kind() == Arm.Kind.MEASURED)
          .forEach(arm -> cells.put(arm.name(), arm.cell()));
    }
  }

  static Page.Choice of(RunReport run) {
    return new ChoiceTable(run.summary(), run.plan()).choice(throughput(run));
  }

  /**
   * A note on throughput, which neither this table nor the calculator covers: both are about single
   * operations.
   */
  private static String throughput(RunReport run) {
    return "This table and the calculator are of calls one at a time; how many searches per second are"
        + " answered within a latency bound "
        + (run.summary().load().isPresent()
            ? "stands above, with the open loop."
            : "was not measured: suite load does that.");
  }

  private Page.Choice choice(String throughput) {
    List<CellResult> measured =
        summary.cells().stream().filter(cell -> cells.containsKey(cell.arm())).toList();
    List<Map<String, String>> axes = measured.stream().map(this::axes).toList();
    Map<String, List<String>> values = new LinkedHashMap<>();
    List<String> same = new ArrayList<>();
    for (String axis : AXES) {
      Set<String> distinct =
          axes.stream()
              .map(row -> value(row, axis))
              .filter(value -> !value.equals(NONE))
              .collect(Collectors.toCollection(LinkedHashSet::new));
      if (distinct.size() > 1) {
        values.put(axis, List.copyOf(distinct));
      } else {
        distinct.forEach(value -> same.add(axis + " " + value));
      }
    }
    List<String> header = new ArrayList<>(values.keySet());
    header.addAll(List.of("time (95 %)", "client CPU", "server CPU"));
    List<Table.Row> rows = new ArrayList<>();
    for (int i = 0; i < measured.size(); i++) {
      rows.add(row(measured.get(i), axes.get(i), values.keySet()));
    }
    return new Page.Choice(
        new Table("Settings and what one operation takes with them", header, rows),
        values,
        note(same) + " " + throughput);
  }

  private Cell cell(CellResult result) {
    return Objects.requireNonNull(cells.get(result.arm()));
  }

  private static String value(Map<String, String> row, String axis) {
    return Objects.requireNonNull(row.get(axis));
  }

  private Map<String, String> axes(CellResult result) {
    Cell cell = cell(result);
    Map<String, String> row = new LinkedHashMap<>();
    AXES.forEach(axis -> row.put(axis, NONE));
    row.put("panel", severalPanels ? result.panel() : NONE);
    row.put("operation", cell.operation().id());
    row.put("mode", cell.suite().needsMilvus() ? cell.mode().id() : "in memory");
    row.put("provider", "plaintext");
    cell.tls()
        .ifPresent(
            tls -> {
              row.put("provider", tls.provider().title());
              row.put("protocol", tls.protocol().title());
              row.put("cipher suite", tls.cipherSuite().id());
              row.put("group", tls.namedGroup().id());
              row.put("key type", tls.keyType().id());
              row.put("handshake", tls.resumption().title());
              row.put("certificate", tls.chain().id());
              row.put("chain", tls.certificates() + " certificates");
              if (!cell.suite().needsMilvus()) {
                row.put("server in memory", tls.server().id());
              }
            });
    return row;
  }

  private Table.Row row(CellResult cell, Map<String, String> axes, Set<String> shown) {
    List<Table.Td> row = new ArrayList<>();
    Map<String, String> filters = new LinkedHashMap<>();
    for (String axis : shown) {
      row.add(Table.Td.of(value(axes, axis)));
      filters.put(axis, value(axes, axis));
    }
    row.add(td(Optional.of(cell.medianNanos()), cell, Metric.TIME));
    row.add(td(Optional.of(cell.cpuNanos()), cell, Metric.CLIENT_CPU));
    row.add(td(cell.serverCpuNanos(), cell, Metric.SERVER_CPU));
    return new Table.Row(row, filters);
  }

  private Table.Td td(Optional<Value> value, CellResult cell, Metric metric) {
    if (value.isEmpty()) {
      return Table.Td.of(NONE);
    }
    String text =
        metric == Metric.TIME ? Numbers.cost(value.get()) : Numbers.cost(value.get().mean());
    Table.Td td = Table.Td.number(text, value.get().mean());
    return isBest(cell, metric) ? td.marked("best") : td;
  }

  private boolean isBest(CellResult cell, Metric metric) {
    return summary.trust().verdictsGiven()
        && summary.best().stream()
            .anyMatch(
                best ->
                    best.metric() == metric
                        && best.panel().equals(cell.panel())
                        && best.arm().equals(Optional.of(cell.arm())));
  }

  private String note(List<String> same) {
    String common =
        same.isEmpty() ? "" : " The same for all with TLS: " + String.join(", ", same) + ".";
    if (!summary.trust().verdictsGiven()) {
      return "Nothing is marked as best, because this run gives no verdicts." + common;
    }
    boolean any = summary.best().stream().anyMatch(best -> best.arm().isPresent());
    return (any
            ? "\"best\" stands where an arm's interval against every other arm that does the same job"
                + " (same panel, operation, mode and kind of handshake) excludes 1; where it is missing, no"
                + " arm was separated from all others."
            : "No arm was separated from all others that do the same job, so nothing is marked as"
                + " best.")
        + common;
  }
}
