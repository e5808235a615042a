package org.milvustls.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.milvustls.bench.result.LoadSummary;
import org.milvustls.bench.result.LoadSummary.ArmResult;
import org.milvustls.bench.result.LoadSummary.RatePoint;
import org.milvustls.bench.result.Saturation;
import org.milvustls.bench.result.Summary.Ratio;
import org.milvustls.bench.result.Throughput;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.LoadPanel;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.bench.stats.Interval;
import org.milvustls.bench.stats.Verdicts.Gate;

/**
 * The open-loop load in words, tables and a chart: throughput at a latency bound, latency over
 * rate.
 */
final class LoadPart {
  private static final double NANOS = 1e6;

  private final LoadSummary load;
  private final Labels labels;
  private final ArmStyles styles;
  private final Gate gate;

  LoadPart(RunReport run, LoadSummary load) {
    this.load = load;
    this.labels = run.labels();
    this.styles = new ArmStyles(run.plan());
    this.gate = run.summary().trust().gate();
  }

  /** The question, as a person would ask it. */
  String question() {
    return "How many searches per second does one client get answered, with p99 below "
        + bound()
        + "?";
  }

  private String bound() {
    return Numbers.plain(load.boundNanos() / NANOS) + " ms";
  }

  /** One answer for each measured arm, the baseline first. */
  List<Page.Answer> answers() {
    return load.arms().stream()
        .filter(arm -> arm.kind() == Arm.Kind.MEASURED)
        .map(arm -> new Page.Answer(sentence(arm), verdict(arm)))
        .toList();
  }

  private String sentence(ArmResult arm) {
    String subject = labels.of(arm.arm());
    return subject.substring(0, 1).toUpperCase(Locale.ROOT)
        + subject.substring(1)
        + ": "
        + throughput(arm)
        + against(arm)
        + ". Saturated by: "
        + saturation(arm)
        + ".";
  }

  /** {@code 812 searches per second (95 % interval 790 to 834)}. */
  private static String throughput(ArmResult arm) {
    String rate = perSecond(arm.throughput().mean()) + " searches per second";
    return switch (arm.relation()) {
      case EXACT ->
          rate
              + arm.throughput()
                  .interval()
                  .map(i -> " (95 % interval " + range(i) + ")")
                  .orElse(" (too few forks for an interval)");
      case AT_LEAST -> "at least " + rate + ", no rate of the grid was beyond the bound everywhere";
      case AT_MOST -> "fewer than " + rate + ": in a fork the lowest rate was beyond the bound";
      case UNKNOWN ->
          "not known: in one fork the lowest rate was beyond the bound, in another no rate was";
    };
  }

  private static String range(Interval interval) {
    return perSecond(interval.low()) + " to " + perSecond(interval.high());
  }

  private static String perSecond(double rate) {
    return Numbers.digits(rate);
  }

  private String against(ArmResult arm) {
    return arm.ratio().map(this::against).orElse("");
  }

  private String against(Ratio ratio) {
    String baseline = labels.of(load.arms().get(0).arm());
    if (gate != Gate.OPEN || ratio.interval().isEmpty()) {
      return "; measured " + Numbers.ratio(ratio) + " times that of " + baseline + ", no verdict";
    }
    Interval interval = ratio.interval().get();
    String percents = " (95 % interval " + Numbers.percents(interval) + ")";
    return interval.contains(1)
        ? "; against " + baseline + " no difference was shown" + percents
        : "; "
            + Numbers.share(ratio.ratio() - 1)
            + (ratio.ratio() < 1 ? " fewer than " : " more than ")
            + baseline
            + percents;
  }

  private String verdict(ArmResult arm) {
    if (arm.ratio().isEmpty()) {
      return arm.relation() == Throughput.Relation.EXACT ? "measured" : "not shown";
    }
    return arm.ratio()
        .flatMap(Ratio::interval)
        .filter(interval -> gate == Gate.OPEN)
        .map(i -> i.contains(1) ? "not shown" : i.high() < 1 ? "fewer" : "more")
        .orElse("withheld");
  }

  /** The part of the latency that the harness adds. */
  String overhead() {
    return "The harness's own share: an operation that does nothing is started "
        + Numbers.millis((double) load.overheadP50Nanos())
        + " after its time (median; 99 %: "
        + Numbers.millis((double) load.overheadP99Nanos())
        + "), at the highest rate of the grid. "
        + Numbers.count(load.processes(), "client process", "client processes")
        + ".";
  }

  /** The throughput of each arm. */
  Table headline() {
    return new Table(
        "Searches per second with p99 below " + bound(),
        List.of(
            "arm",
            "searches per second",
            "interval (95 %)",
            "against the baseline",
            "saturated by",
            "forks"),
        load.arms().stream().map(this::headline).toList());
  }

  private Table.Row headline(ArmResult arm) {
    String rate =
        switch (arm.relation()) {
          case EXACT -> "";
          case AT_LEAST -> "at least ";
          case AT_MOST -> "fewer than ";
          case UNKNOWN -> "not known, about ";
        };
    double mean = arm.throughput().mean();
    return Table.Row.of(
        Table.Td.of(labels.of(arm.arm())),
        Table.Td.number(rate + perSecond(mean), mean),
        Table.Td.of(arm.throughput().interval().map(LoadPart::range).orElse("no interval")),
        Table.Td.of(
            arm.ratio()
                .map(Numbers::ratio)
                .orElse(arm.equals(load.arms().get(0)) ? "is the baseline" : "no ratio")),
        Table.Td.of(saturation(arm)),
        Table.Td.number("" + load.forks(), load.forks()));
  }

  /** The side that saturated at the highest rate. */
  private static String saturation(ArmResult arm) {
    return arm.points().isEmpty() ? "not known" : limits(arm.points().get(arm.points().size() - 1));
  }

  /** Latency over rate; the same as numbers below. */
  Drawing drawing() {
    List<LineChart.Line> lines = new ArrayList<>();
    for (ArmResult arm : load.arms()) {
      if (arm.kind() == Arm.Kind.MEASURED) {
        lines.add(
            new LineChart.Line(
                labels.of(arm.arm()),
                styles.look(arm.arm()),
                arm.points().stream().map(RatePoint::answeredRate).toList(),
                arm.points().stream().map(p -> p.p99Nanos().mean() / NANOS).toList(),
                arm.points().stream()
                    .map(p -> p.p99Nanos().interval().map(LoadPart::millis))
                    .toList()));
      }
    }
    lines.add(boundLine());
    return new Drawing(
        LoadPanel.NAME,
        "Throughput against latency",
        "99th percentile of the latency of searches in milliseconds over answers per second, for each"
            + " arm from low rates to saturation; the numbers are in the table below.",
        "Latency counts from when a search should have been sent. Where a line turns up, or back, the"
            + " arm is saturated: it answers no more however much is sent. "
            + overhead(),
        LineChart.draw(
            new LineChart.Axes(
                "Throughput against latency: " + Suite.LOAD.title(),
                "searches answered per second",
                "p99 from the scheduled time; ms (logarithmic)",
                LineChart.Height.LOGARITHMIC),
            lines),
        rates());
  }

  private static Interval millis(Interval nanos) {
    return new Interval(nanos.low() / NANOS, nanos.high() / NANOS);
  }

  private LineChart.Line boundLine() {
    List<Double> ends =
        load.arms().stream()
            .flatMap(arm -> arm.points().stream())
            .map(RatePoint::answeredRate)
            .sorted()
            .toList();
    double bound = load.boundNanos() / NANOS;
    return new LineChart.Line(
        "bound: p99 of " + bound(),
        new ArmStyles.Look(ChartInk.INK, 1),
        List.of(ends.get(0), ends.get(ends.size() - 1)),
        List.of(bound, bound));
  }

  /** Every rate of every arm. */
  Table rates() {
    List<Table.Row> rows = new ArrayList<>();
    for (ArmResult arm : load.arms()) {
      arm.points().forEach(point -> rows.add(row(arm, point)));
    }
    return new Table(
        "Latency at each rate; ms from the scheduled time",
        List.of(
            "arm",
            "sent per second",
            "answered per second",
            "50 %",
            "90 %",
            "99 % (95 % interval)",
            "longest",
            "sent late by (99 %)",
            "client cores",
            "server cores",
            "limit met",
            "forks",
            "searches"),
        rows);
  }

  private Table.Row row(ArmResult arm, RatePoint point) {
    return Table.Row.of(
        Table.Td.of(labels.of(arm.arm())),
        Table.Td.number(perSecond(point.rate()), point.rate()),
        Table.Td.number(perSecond(point.answeredRate()), point.answeredRate()),
        millis(point.p50Nanos()),
        millis(point.p90Nanos()),
        Table.Td.number(
            Numbers.digits(point.p99Nanos().mean() / NANOS)
                + point
                    .p99Nanos()
                    .interval()
                    .map(
                        i ->
                            " ("
                                + Numbers.digits(Math.max(0, i.low()) / NANOS)
                                + " to "
                                + Numbers.digits(i.high() / NANOS)
                                + ")")
                    .orElse(""),
            point.p99Nanos().mean()),
        millis(point.maxNanos()),
        millis(point.lagP99Nanos()),
        Table.Td.number(Numbers.digits(point.clientCores()), point.clientCores()),
        point
            .serverCores()
            .map(cores -> Table.Td.number(Numbers.digits(cores), cores))
            .orElse(Table.Td.of("not readable")),
        Table.Td.of(limits(point)),
        Table.Td.number("" + point.forks(), point.forks()),
        Table.Td.number("" + point.calls(), (double) point.calls()));
  }

  private static Table.Td millis(long nanos) {
    return Table.Td.number(Numbers.digits(nanos / NANOS), (double) nanos);
  }

  private static String limits(RatePoint point) {
    String limits =
        point.limits().entrySet().stream()
            .filter(limit -> limit.getKey() != Saturation.NONE)
            .sorted(Map.Entry.comparingByKey())
            .map(
                limit ->
                    limit.getKey().words() + " in " + limit.getValue() + " of " + point.forks())
            .collect(Collectors.joining(", "));
    return (limits.isEmpty() ? Saturation.NONE.words() : limits)
        + point.stopped().map(why -> "; " + why).orElse("");
  }
}
