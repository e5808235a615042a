package org.milvustls.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.milvustls.bench.result.Environment;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.result.Summary.CellResult;
import org.milvustls.bench.result.Summary.ComparisonResult;
import org.milvustls.bench.result.Summary.Pair;
import org.milvustls.bench.result.Summary.Unavailable;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.LoadPanel;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.tls.NegotiatedSession;

/** Writes {@code report.md}: the answers first, then their grounds. */
final class MarkdownReport {
  private final RunReport run;
  private final Summary summary;
  private final Plan plan;
  private final Optional<Environment> environment;
  private final Set<String> drawn;
  private final Labels labels;
  private final Sentences sentences;
  private final MarkdownWriter out = new MarkdownWriter();

  private MarkdownReport(RunReport run, Set<String> drawn) {
    this.run = run;
    this.drawn = drawn;
    this.summary = run.summary();
    this.plan = run.plan();
    this.environment = run.environment();
    this.labels = run.labels();
    this.sentences = run.sentences();
  }

  /**
   * The whole text.
   *
   * @param drawn panels whose charts are in the folder
   */
  static String write(RunReport run, Set<String> drawn) {
    return new MarkdownReport(run, drawn).text();
  }

  private String text() {
    out.heading(1, "What TLS costs: " + summary.run());
    out.paragraph(
        "Profile "
            + summary.profile()
            + ", seed "
            + summary.seed()
            + ", "
            + Numbers.count(plan.forks().size(), "fork", "forks")
            + ". Times are of one operation; a ratio below 1 is faster than its baseline.");
    answers();
    trust();
    plan.panels().forEach(this::panel);
    run.load().ifPresent(this::load);
    calculator();
    unavailable();
    negotiated();
    repeat();
    return out.text();
  }

  private void answers() {
    out.heading(2, "Answers");
    out.list(new Caveats(summary).texts());
    for (ComparisonResult comparison : summary.comparisons()) {
      out.heading(3, comparison.question());
      out.list(comparison.pairs().stream().map(pair -> sentences.of(comparison, pair)).toList());
      if (comparison.pairs().isEmpty()) {
        out.paragraph("Not measured.");
      }
    }
    run.load()
        .ifPresent(
            load -> {
              out.heading(3, load.question());
              table(load.headline());
              out.list(load.answers().stream().map(Page.Answer::text).toList());
            });
    if (summary.comparisons().isEmpty() && summary.load().isEmpty()) {
      out.paragraph("Nothing was measured; the reasons are below.");
    }
    if (!summary.jvms().isEmpty()) {
      out.heading(3, "What changes with another JVM?");
      out.paragraph(Sentences.ACROSS_JVMS);
      out.list(sentences.jvms());
    }
  }

  private void load(LoadPart load) {
    out.heading(2, "Panel " + LoadPanel.NAME + ": " + Suite.LOAD.title());
    if (drawn.contains(LoadPanel.NAME)) {
      out.image(
          "charts/" + LoadPanel.NAME + ".png",
          "Latency over throughput; the numbers are in the table below");
    }
    out.paragraph(load.overhead());
    table(load.rates());
  }

  private void calculator() {
    Page.Calculator calculator = CalculatorPart.of(run);
    out.heading(2, "What would it cost me?");
    if (calculator.terms().rows().isEmpty()) {
      out.paragraph("Nothing to calculate with: neither connections nor searches were measured.");
      return;
    }
    out.paragraph(
        calculator.terms().caption()
            + ". Multiply by how often each happens, and add; report.html does it for you.");
    table(calculator.terms());
    out.paragraph(calculator.accuracy());
    table(calculator.tests());
    out.list(calculator.missing());
  }

  private void table(Table table) {
    out.table(
        table.header(),
        table.rows().stream()
            .map(row -> row.cells().stream().map(Table.Td::text).toList())
            .toList());
  }

  private void trust() {
    out.heading(2, "Can this run be trusted?");
    out.paragraph(sentences.trust());
    out.table(
        List.of("A/A control", "ratio to itself (all controls together)", "outcome", "forks"),
        summary.trust().controls().stream()
            .map(
                control ->
                    List.of(
                        labels.of(control.arm()),
                        Numbers.ratio(control.ratio()),
                        Sentences.of(control),
                        "" + control.forks()))
            .toList());
    out.table(
        List.of("positive control", "planted", "found (95 %)", "outcome"),
        summary.trust().planted().stream()
            .map(
                delay ->
                    List.of(
                        labels.of(delay.arm()),
                        Numbers.millis((double) delay.plantedNanos()),
                        Numbers.millis(delay.measuredNanos()),
                        Sentences.of(delay)))
            .toList());
    out.list(run.warnings().stream().map(warning -> "Warning: " + warning + ".").toList());
    out.list(summary.trust().moving().stream().map(sentences::of).toList());
    out.list(summary.trust().drifting().stream().map(sentences::of).toList());
    out.list(summary.failures().stream().map(sentences::of).toList());
  }

  private void panel(Panel panel) {
    List<CellResult> cells =
        summary.cells().stream().filter(cell -> cell.panel().equals(panel.name())).toList();
    if (cells.isEmpty()) {
      return;
    }
    out.heading(2, "Panel " + panel.name() + ": " + panel.title());
    if (drawn.contains(panel.name())) {
      out.image(
          "charts/" + panel.name() + ".png",
          "Ratios of panel "
              + panel.name()
              + " to their baselines; the numbers are in the table below");
    }
    List<String> missing =
        labels.missing(panel, summary.unavailable()).stream().map(Unavailable::cell).toList();
    if (!missing.isEmpty()) {
      out.paragraph("Not drawn, because not measured: " + String.join(", ", missing) + ".");
    }
    out.table(
        List.of("arm", "median (95 %)", "ratio to baseline", "verdict"),
        summary.comparisons().stream()
            .filter(comparison -> comparison.panel().equals(panel.name()))
            .flatMap(comparison -> comparison.pairs().stream().map(pair -> row(pair, cells)))
            .toList());
    List<UseColumn> uses = UseColumn.of(panel);
    List<String> header =
        new ArrayList<>(
            List.of("arm", "median", "mean", "first call after others", "10 % to 90 %"));
    uses.forEach(use -> header.add(use.title()));
    header.addAll(List.of("wire out / in", "operations"));
    out.table(header, cells.stream().map(cell -> row(cell, uses)).toList());
  }

  private List<String> row(Pair pair, List<CellResult> cells) {
    return List.of(
        labels.of(pair.arm()) + " against " + labels.of(pair.baseline()),
        cells.stream()
            .filter(cell -> cell.arm().equals(pair.arm()))
            .findFirst()
            .map(cell -> Numbers.cost(cell.medianNanos()))
            .orElse(""),
        Numbers.ratio(pair.ratio()),
        pair.verdict().words());
  }

  private List<String> row(CellResult cell, List<UseColumn> uses) {
    List<String> row =
        new ArrayList<>(
            List.of(
                labels.of(cell.arm()),
                Numbers.millis(cell.medianNanos().mean()),
                Numbers.millis(cell.meanNanos().mean()),
                Numbers.millis(cell.firstCallNanos().mean()),
                Numbers.digits(cell.p10Nanos() / 1e6) + " to " + Numbers.millis(cell.p90Nanos())));
    uses.forEach(use -> row.add(use.text(cell)));
    row.add(cell.wire().map(wire -> wire.sent() + " / " + wire.received() + " B").orElse(""));
    row.add("" + cell.operations());
    return row;
  }

  private void unavailable() {
    if (summary.unavailable().isEmpty()) {
      return;
    }
    out.heading(2, "Not measured");
    out.table(
        List.of("cell", "state", "reason"),
        summary.unavailable().stream()
            .map(
                cell ->
                    List.of(cell.cell(), cell.failed() ? "FAILED" : "not available", cell.reason()))
            .toList());
  }

  private void negotiated() {
    out.heading(2, "What was negotiated");
    out.table(
        List.of(
            "arm",
            "provider",
            "protocol",
            "cipher suite",
            "group",
            "handshake",
            "ALPN",
            "server's key"),
        summary.cells().stream()
            .filter(cell -> cell.kind() == Arm.Kind.MEASURED)
            .map(
                cell ->
                    cell.negotiated()
                        .map(session -> row(cell, session))
                        .orElse(
                            List.of(
                                labels.of(cell.arm()), "none", "plaintext", "", "", "", "", "")))
            .toList());
  }

  private List<String> row(CellResult cell, NegotiatedSession session) {
    return List.of(
        labels.of(cell.arm()),
        session.provider(),
        session.protocol(),
        session.cipherSuite(),
        session.namedGroup().orElse("not seen"),
        session.resumed() ? "resumed" : "full",
        session.alpn().orElse("none"),
        session.peerKey().orElse(""));
  }

  private void repeat() {
    out.heading(2, "How to repeat it");
    out.code(run.command());
    environment.ifPresent(
        e -> {
          out.paragraph(
              e.machine().cpu()
                  + ", "
                  + e.machine().cores()
                  + " cores, "
                  + e.machine().os()
                  + e.machine()
                      .virtualMachine()
                      .map(vm -> ", virtual machine (" + vm + ")")
                      .orElse("")
                  + "; "
                  + e.jvm().name()
                  + " "
                  + e.jvm().version()
                  + e.milvus().map(milvus -> "; " + milvus).orElse("; no Milvus")
                  + (e.milvusSettings().isEmpty() ? "" : " with " + e.milvusSettings()));
          e.searched().forEach(set -> out.paragraph("Searched: " + set.words() + "."));
          out.table(
              List.of("library", "version"),
              e.libraries().entrySet().stream()
                  .map(l -> List.of(l.getKey(), l.getValue()))
                  .toList());
        });
    out.paragraph(
        "All arms of a panel alternate in one JVM; the fork is the unit of inference; intervals of headline answers hold together. The"
            + " method in full: docs/method.md.");
  }
}
