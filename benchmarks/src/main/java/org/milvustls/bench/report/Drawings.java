package org.milvustls.bench.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.result.Summary.CellResult;
import org.milvustls.bench.result.Summary.ComparisonResult;
import org.milvustls.bench.result.Summary.ForkFacts;
import org.milvustls.bench.result.Summary.Pair;
import org.milvustls.bench.result.Summary.Percentile;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Panel;

/** Makes every chart for which a run has numbers. */
final class Drawings {
  private static final double NANOS = 1e6;

  private final RunReport run;
  private final Summary summary;
  private final Labels labels;
  private final ArmStyles styles;

  Drawings(RunReport run) {
    this.run = run;
    this.summary = run.summary();
    this.labels = run.labels();
    this.styles = new ArmStyles(run.plan());
  }

  /** The charts of a panel: ratios, times, distribution, warm-up. */
  List<Drawing> of(Panel panel) {
    List<Drawing> drawings = new ArrayList<>();
    ratios(panel).ifPresent(drawings::add);
    times(panel).ifPresent(drawings::add);
    if (!run.measured(panel).isEmpty()) {
      if (panel.suite().needsMilvus()) {
        drawings.add(distribution(panel));
      }
      drawings.add(warmup(panel));
    }
    PartsDrawing.of(panel, run.measured(panel), labels, styles).ifPresent(drawings::add);
    new CurveDrawings(run, labels, styles).of(panel).ifPresent(drawings::add);
    return drawings;
  }

  private Optional<Drawing> ratios(Panel panel) {
    return RatioChart.of(panel, summary, labels, styles)
        .map(
            chart ->
                new Drawing(
                    panel.name(),
                    "Time relative to the baseline",
                    "Ratios of panel "
                        + panel.name()
                        + " to their baselines with confidence intervals; the numbers are in the"
                        + " table below.",
                    "Left of 1 is faster than the baseline, right of it slower. Differences inside"
                        + " the grey band are no larger than what the baseline, measured twice,"
                        + " showed against itself.",
                    chart,
                    ratioTable(panel)));
  }

  private Table ratioTable(Panel panel) {
    List<Table.Row> rows = new ArrayList<>();
    for (ComparisonResult comparison : summary.comparisons()) {
      if (comparison.panel().equals(panel.name())) {
        comparison.pairs().forEach(pair -> rows.add(row(comparison, pair)));
      }
    }
    return new Table(
        "Ratios to the baseline",
        List.of("arm", "baseline", "ratio", "interval", "difference", "verdict", "forks"),
        rows);
  }

  private Table.Row row(ComparisonResult comparison, Pair pair) {
    return Table.Row.of(
        Table.Td.of(labels.of(pair.arm())),
        Table.Td.of(labels.of(pair.baseline())),
        Table.Td.number(Numbers.ratio(pair.ratio().ratio()), pair.ratio().ratio()),
        Table.Td.of(
            pair.ratio()
                .interval()
                .map(
                    i ->
                        Numbers.range(i)
                            + (comparison.headline() ? " (all headline answers together)" : ""))
                .orElse("no interval")),
        Table.Td.number(Numbers.millis(pair.differenceNanos()), pair.differenceNanos().mean()),
        Table.Td.of(pair.verdict().words()),
        Table.Td.number("" + pair.forks(), pair.forks()));
  }

  private Optional<Drawing> times(Panel panel) {
    return TimesChart.of(panel, summary, labels, styles)
        .map(
            chart ->
                new Drawing(
                    panel.name() + "-times",
                    "Time of one operation",
                    "Median times of panel "
                        + panel.name()
                        + " in milliseconds with 95 % confidence intervals; the numbers are in the"
                        + " table below.",
                    "",
                    chart,
                    timeTable(panel)));
  }

  private Table timeTable(Panel panel) {
    List<CellResult> cells = run.measured(panel);
    List<UseColumn> uses = UseColumn.of(panel);
    List<String> header =
        new ArrayList<>(
            List.of("arm", "median (95 %)", "mean", "first call after others", "10 %", "90 %"));
    uses.forEach(use -> header.add(use.title()));
    header.addAll(List.of("bytes out / in", "operations"));
    return new Table(
        "Times of one operation", header, cells.stream().map(cell -> timeRow(cell, uses)).toList());
  }

  private Table.Row timeRow(CellResult cell, List<UseColumn> uses) {
    List<Table.Td> row = new ArrayList<>();
    row.add(Table.Td.of(labels.of(cell.arm())));
    row.add(Table.Td.number(Numbers.cost(cell.medianNanos()), cell.medianNanos().mean()));
    row.add(Table.Td.number(Numbers.millis(cell.meanNanos().mean()), cell.meanNanos().mean()));
    row.add(
        Table.Td.number(
            Numbers.millis(cell.firstCallNanos().mean()), cell.firstCallNanos().mean()));
    row.add(Table.Td.number(Numbers.millis(cell.p10Nanos()), cell.p10Nanos()));
    row.add(Table.Td.number(Numbers.millis(cell.p90Nanos()), cell.p90Nanos()));
    uses.forEach(use -> row.add(use.td(cell)));
    row.add(
        Table.Td.of(
            cell.wire().map(wire -> wire.sent() + " / " + wire.received()).orElse("not counted")));
    row.add(Table.Td.number("" + cell.operations(), (double) cell.operations()));
    return new Table.Row(row, Map.of());
  }

  private Drawing distribution(Panel panel) {
    List<CellResult> cells = run.measured(panel);
    List<LineChart.Line> lines =
        cells.stream()
            .map(
                cell ->
                    new LineChart.Line(
                        labels.of(cell.arm()),
                        styles.look(cell.arm()),
                        cell.percentiles().stream().map(Percentile::percent).toList(),
                        cell.percentiles().stream().map(p -> p.nanos() / NANOS).toList()))
            .toList();
    List<String> header = new ArrayList<>(List.of("arm"));
    cells.get(0).percentiles().forEach(p -> header.add(Numbers.plain(p.percent()) + " %"));
    return new Drawing(
        panel.name() + "-distribution",
        "Distribution",
        "Percentiles of single operations of panel "
            + panel.name()
            + ", from 1 % to 95 %, in milliseconds; the numbers are in the table below.",
        "Operations of all forks together, one after the other. What lies above 95 % needs calls"
            + " that do not wait for each other (open loop), which this run has not.",
        LineChart.draw(
            new LineChart.Axes(
                "Distribution: " + panel.title(),
                "share of operations that took no longer; %",
                "time; ms (logarithmic)",
                LineChart.Height.LOGARITHMIC),
            lines),
        new Table(
            "Percentiles of single operations; ms",
            header,
            cells.stream().map(this::percentiles).toList()));
  }

  private Table.Row percentiles(CellResult cell) {
    List<Table.Td> cells = new ArrayList<>(List.of(Table.Td.of(labels.of(cell.arm()))));
    cell.percentiles()
        .forEach(p -> cells.add(Table.Td.number(Numbers.digits(p.nanos() / NANOS), p.nanos())));
    return new Table.Row(cells, Map.of());
  }

  private Drawing warmup(Panel panel) {
    List<CellResult> cells = run.measured(panel);
    List<LineChart.Line> lines =
        cells.stream()
            .map(
                cell ->
                    new LineChart.Line(
                        labels.of(cell.arm()),
                        styles.look(cell.arm()),
                        IntStream.rangeClosed(1, cell.cycleNanos().size())
                            .mapToObj(i -> (double) i)
                            .toList(),
                        cell.cycleNanos().stream().map(nanos -> nanos / NANOS).toList()))
            .toList();
    int warmup = cells.get(0).warmupCycles();
    return new Drawing(
        panel.name() + "-warmup",
        "A new JVM becomes fast",
        "Median of each cycle of a fork, mean over forks, of panel "
            + panel.name()
            + " in milliseconds; the numbers are in the table below.",
        "The first "
            + warmup
            + " cycles are warm-up and count for nothing. No cold start: each arm has done a few"
            + " operations before its first cycle.",
        LineChart.draw(
            new LineChart.Axes(
                "Warm-up: " + panel.title(),
                "cycle of a fork (one burst of every arm)",
                "median of the burst; ms (logarithmic)",
                LineChart.Height.LOGARITHMIC),
            lines),
        warmupTable(cells));
  }

  private Table warmupTable(List<CellResult> cells) {
    int last = cells.stream().mapToInt(cell -> cell.cycleNanos().size()).min().orElse(0);
    int warmup = cells.get(0).warmupCycles();
    List<Integer> shown =
        IntStream.of(1, 2, 3, 5, warmup, warmup + 1, last)
            .filter(cycle -> cycle >= 1 && cycle <= last)
            .distinct()
            .sorted()
            .boxed()
            .toList();
    List<String> header = new ArrayList<>(List.of("arm"));
    shown.forEach(cycle -> header.add("cycle " + cycle));
    List<Table.Row> rows = new ArrayList<>();
    for (CellResult cell : cells) {
      List<Table.Td> row = new ArrayList<>(List.of(Table.Td.of(labels.of(cell.arm()))));
      for (int cycle : shown) {
        double nanos = cell.cycleNanos().get(cycle - 1);
        row.add(Table.Td.number(Numbers.millis(nanos), nanos));
      }
      rows.add(new Table.Row(row, Map.of()));
    }
    return new Table("Median of some cycles, mean over forks", header, rows);
  }

  /** The baselines from fork to fork; absent with fewer than two forks of any panel. */
  Optional<Drawing> drift() {
    List<LineChart.Line> lines = new ArrayList<>();
    List<Table.Row> rows = new ArrayList<>();
    for (Panel panel : run.plan().panels()) {
      List<ForkFacts> forks =
          summary.forks().stream().filter(fork -> fork.panel().equals(panel.name())).toList();
      if (forks.size() > 1) {
        lines.add(driftLine(panel, lines.size(), forks, rows));
      }
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Drawing(
            "drift",
            "Drift of the baselines over the run",
            "Median of each panel's first baseline in each fork, relative to its mean over the run;"
                + " the numbers are in the table below.",
            "Arms of one fork alternate, so that what moves here moves all of them and cancels in"
                + " the ratios.",
            LineChart.draw(
                new LineChart.Axes(
                    "Drift of the baselines",
                    "minutes since the first fork",
                    "median relative to its mean over the run",
                    LineChart.Height.AROUND_ONE),
                lines),
            new Table(
                "Forks",
                List.of("fork", "panel", "baseline", "median", "load average", "collections"),
                rows)));
  }

  private LineChart.Line driftLine(
      Panel panel, int variant, List<ForkFacts> forks, List<Table.Row> rows) {
    String baseline = Arm.measured(panel.comparisons().get(0).baseline()).name();
    List<Double> medians =
        forks.stream().map(fork -> fork.medianNanos().getOrDefault(baseline, Double.NaN)).toList();
    double mean = medians.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    List<Double> minutes =
        forks.stream()
            .map(
                fork ->
                    Duration.between(summary.started().orElseThrow(), fork.started()).toMillis()
                        / 60_000.0)
            .toList();
    for (int i = 0; i < forks.size(); i++) {
      ForkFacts fork = forks.get(i);
      rows.add(
          Table.Row.of(
              Table.Td.number("" + fork.fork(), fork.fork()),
              Table.Td.of(fork.panel()),
              Table.Td.of(labels.of(baseline)),
              Table.Td.number(Numbers.millis(medians.get(i)), medians.get(i)),
              fork.loadAverage()
                  .map(load -> Table.Td.number(Numbers.digits(load), load))
                  .orElse(Table.Td.of("not readable")),
              Table.Td.number(
                  "" + fork.collections().count(), (double) fork.collections().count())));
    }
    return new LineChart.Line(
        panel.name() + ": " + labels.of(baseline),
        styles.look(baseline).variant(variant),
        minutes,
        medians.stream().map(median -> median / mean).toList());
  }
}
