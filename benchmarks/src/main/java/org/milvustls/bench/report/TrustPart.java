package org.milvustls.bench.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.milvustls.bench.result.Environment;
import org.milvustls.bench.result.Environment.Load;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.result.Summary.CellResult;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.tls.NegotiatedSession;

/** The grounds for trust in a run, as tables. */
final class TrustPart {
  private final RunReport run;
  private final Summary summary;
  private final Labels labels;
  private final Sentences sentences;

  TrustPart(RunReport run) {
    this.run = run;
    this.summary = run.summary();
    this.labels = run.labels();
    this.sentences = run.sentences();
  }

  Page.Trust part(List<Page.Figure> drift) {
    List<String> incidents =
        Stream.of(
                summary.failures().stream().map(sentences::of),
                summary.trust().moving().stream().map(sentences::of),
                summary.trust().drifting().stream().map(sentences::of))
            .flatMap(sentence -> sentence)
            .toList();
    List<Table> tables =
        Stream.of(controls(), planted(), time(), load(), outliers(), negotiated())
            .filter(table -> !table.rows().isEmpty())
            .toList();
    return new Page.Trust(run.warnings(), incidents, tables, drift);
  }

  private Table controls() {
    return new Table(
        "A/A controls: the baseline measured twice; their intervals hold together",
        List.of("control", "panel", "ratio to itself", "outcome", "forks"),
        summary.trust().controls().stream()
            .map(
                control ->
                    Table.Row.of(
                        Table.Td.of(labels.of(control.arm())),
                        Table.Td.of(control.panel()),
                        Table.Td.number(Numbers.ratio(control.ratio()), control.ratio().ratio()),
                        Table.Td.of(Sentences.of(control)),
                        Table.Td.number("" + control.forks(), control.forks())))
            .toList());
  }

  private Table planted() {
    return new Table(
        "Positive controls: a delay that was planted and has to be found",
        List.of("arm", "panel", "planted", "found (95 %)", "outcome"),
        summary.trust().planted().stream()
            .map(
                delay ->
                    Table.Row.of(
                        Table.Td.of(labels.of(delay.arm())),
                        Table.Td.of(delay.panel()),
                        Table.Td.number(
                            Numbers.millis((double) delay.plantedNanos()),
                            (double) delay.plantedNanos()),
                        Table.Td.number(
                            Numbers.millis(delay.measuredNanos()), delay.measuredNanos().mean()),
                        Table.Td.of(Sentences.of(delay))))
            .toList());
  }

  private Table time() {
    Map<String, Duration> spent = new LinkedHashMap<>();
    run.environment()
        .flatMap(Environment::preparation)
        .ifPresent(time -> spent.put("before the first fork: servers, data, preflight", time));
    summary
        .phases()
        .ifPresent(
            phases -> {
              spent.put("starting servers anew, on fresh copies of the data", phases.servers());
              spent.put("starting and ending JVMs", phases.jvm());
              spent.put("connecting and checking every arm", phases.work().opening());
              spent.put("warm-up, in JVMs that begin cold", phases.work().warmUp());
              spent.put("operations that count, with controls", phases.work().measuring());
            });
    Duration all = spent.values().stream().reduce(Duration.ZERO, Duration::plus);
    return new Table(
        "What the time of the run was spent on (failed tries left out)",
        List.of("on", "time", "share"),
        spent.entrySet().stream().map(part -> row(part.getKey(), part.getValue(), all)).toList());
  }

  private static Table.Row row(String what, Duration time, Duration all) {
    double millis = time.toMillis();
    double share = millis / Math.max(1, all.toMillis());
    return Table.Row.of(
        Table.Td.of(what),
        Table.Td.number(Numbers.digits(millis / 1000) + " s", millis),
        Table.Td.number(Numbers.share(share), share));
  }

  private Table load() {
    List<Table.Row> rows = new ArrayList<>();
    run.environment().map(Environment::before).ifPresent(load -> rows.add(row("before", load)));
    run.environment().flatMap(Environment::after).ifPresent(load -> rows.add(row("after", load)));
    return new Table(
        "Load of the machine",
        List.of("when", "load average (1 min)", "busy without the run", "steal", "swap in use"),
        rows);
  }

  private static Table.Row row(String when, Load load) {
    return Table.Row.of(
        Table.Td.of(when),
        Table.Td.of(load.average1().map(Numbers::digits).orElse("not readable")),
        Table.Td.of(load.busyShare().map(Numbers::share).orElse("not watched")),
        Table.Td.of(Numbers.share(load.stealShare())),
        Table.Td.of(Numbers.digits(load.swapUsedBytes() / 1048576.0) + " MiB"));
  }

  private Table outliers() {
    return new Table(
        "Outliers: how far single operations lie above their median (collections, other processes)",
        List.of("arm", "panel", "mean / median", "90 % / median", "95 % / median"),
        summary.cells().stream()
            .filter(cell -> cell.kind() == Arm.Kind.MEASURED)
            .map(this::outliers)
            .toList());
  }

  private Table.Row outliers(CellResult cell) {
    double middle = percentile(cell, 50);
    double mean = cell.meanNanos().mean() / cell.medianNanos().mean();
    double p90 = percentile(cell, 90) / middle;
    double p95 = percentile(cell, 95) / middle;
    return Table.Row.of(
        Table.Td.of(labels.of(cell.arm())),
        Table.Td.of(cell.panel()),
        Table.Td.number(Numbers.ratio(mean), mean),
        Table.Td.number(Numbers.ratio(p90), p90),
        Table.Td.number(Numbers.ratio(p95), p95));
  }

  private static double percentile(CellResult cell, double percent) {
    return cell.percentiles().stream()
        .filter(point -> point.percent() == percent)
        .mapToDouble(Summary.Percentile::nanos)
        .findFirst()
        .orElseThrow();
  }

  private Table negotiated() {
    List<Table.Row> rows = new ArrayList<>();
    for (CellResult cell : summary.cells()) {
      if (cell.kind() == Arm.Kind.MEASURED && cell.negotiated().isPresent()) {
        rows.add(row(cell.arm(), cell.negotiated().get()));
      }
    }
    summary.load().stream()
        .flatMap(load -> load.arms().stream())
        .forEach(arm -> arm.negotiated().ifPresent(seen -> rows.add(row(arm.arm(), seen))));
    return new Table(
        "Asked and negotiated: every fork holds what was negotiated against the name of the cell",
        List.of(
            "asked (cell)",
            "provider",
            "protocol",
            "cipher suite",
            "group",
            "handshake",
            "ALPN",
            "server's key"),
        rows);
  }

  private static Table.Row row(String arm, NegotiatedSession session) {
    return Table.Row.of(
        Table.Td.of(arm),
        Table.Td.of(session.provider()),
        Table.Td.of(session.protocol()),
        Table.Td.of(session.cipherSuite()),
        Table.Td.of(session.namedGroup().orElse("not seen")),
        Table.Td.of(session.resumed() ? "resumed" : "full"),
        Table.Td.of(session.alpn().orElse("none")),
        Table.Td.of(session.peerKey().orElse("not sent")));
  }
}
