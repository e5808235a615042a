package org.milvustls.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.milvustls.bench.result.Environment;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.scenario.LoadPanel;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Suite;

/** Writes {@code report.html}: one self-contained file. */
final class HtmlReport {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String NOT_DRAWN =
      "Measured, and not drawn yet: run ./run-benchmarks.sh report with this folder.";

  private final RunReport run;
  private final Summary summary;
  private final Map<String, List<Drawing>> drawings;
  private final Optional<Drawing> drift;

  private HtmlReport(RunReport run, Map<String, List<Drawing>> drawings, Optional<Drawing> drift) {
    this.run = run;
    this.summary = run.summary();
    this.drawings = drawings;
    this.drift = drift;
  }

  /**
   * The whole page.
   *
   * @param drawings charts of each panel, by its name; empty when none could be drawn
   * @param drift chart of the baselines
   */
  static String write(RunReport run, Map<String, List<Drawing>> drawings, Optional<Drawing> drift) {
    return render("report.jte", new HtmlReport(run, drawings, drift).page());
  }

  /** Fills a template that was compiled with this package. */
  static String render(String template, Object page) {
    StringOutput out = new StringOutput();
    TemplateEngine.createPrecompiled(
            null,
            ContentType.Html,
            HtmlReport.class.getClassLoader(),
            HtmlReport.class.getPackageName())
        .render(template, page, out);
    return out.toString();
  }

  static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Page page() {
    return new Page(
        "What TLS costs: " + summary.run(),
        summary.run(),
        facts(),
        new Caveats(summary).texts(),
        run.sentences().trust(),
        answers(),
        unavailable(),
        jvms(),
        ChoiceTable.of(run),
        suites(),
        absent(),
        new TrustPart(run).part(drift.map(HtmlReport::figure).stream().toList()),
        CalculatorPart.of(run),
        repeat(),
        resource("page.css"),
        resource("page.js"));
  }

  private List<String> facts() {
    List<String> facts = new ArrayList<>();
    facts.add("profile " + summary.profile());
    facts.add(
        summary.forksDone() + " of " + Numbers.count(summary.forksPlanned(), "fork", "forks"));
    facts.add("seed " + summary.seed());
    summary.started().map(HtmlReport::when).ifPresent(facts::add);
    run.environment()
        .ifPresent(
            e -> {
              facts.add(
                  e.machine().cpu() + ", " + Numbers.count(e.machine().cores(), "core", "cores"));
              facts.add(e.jvm().name() + " " + e.jvm().version());
              facts.add(e.milvus().orElse("without Milvus"));
            });
    return facts;
  }

  static String when(Instant instant) {
    return WHEN.format(instant);
  }

  private List<Page.Question> answers() {
    Sentences sentences = run.sentences();
    Stream<Page.Question> load =
        run.load().stream()
            .map(
                part ->
                    new Page.Question(
                        part.question(),
                        Optional.of(part.headline()),
                        part.answers().stream()
                            .map(
                                answer ->
                                    new Page.Answer(unbroken(answer.text()), answer.verdict()))
                            .toList()));
    Stream<Page.Question> comparisons =
        summary.comparisons().stream()
            .map(
                comparison ->
                    new Page.Question(
                        comparison.question(),
                        Optional.empty(),
                        comparison.pairs().stream()
                            .map(
                                pair ->
                                    new Page.Answer(
                                        unbroken(sentences.of(comparison, pair)),
                                        pair.verdict().words()))
                            .toList()));
    return Stream.concat(comparisons, load).toList();
  }

  /** Keeps numbers and their units in one line. */
  private static String unbroken(String sentence) {
    return sentence.replaceAll("(?<=\\d) (?=%|ms)", "\u00a0");
  }

  private Table unavailable() {
    return new Table(
        "Not measured",
        List.of("cell", "state", "reason"),
        summary.unavailable().stream()
            .map(
                cell ->
                    Table.Row.of(
                        Table.Td.of(cell.cell()),
                        Table.Td.of(cell.failed() ? "FAILED" : "not available"),
                        Table.Td.of(cell.reason())))
            .toList());
  }

  private Table jvms() {
    Labels labels = run.labels();
    return new Table(
        Sentences.ACROSS_JVMS,
        List.of("cell", "on", "ratio", "against", "rounds"),
        summary.jvms().stream()
            .map(
                result ->
                    Table.Row.of(
                        Table.Td.of(labels.subject(result.suite(), result.arm())),
                        Table.Td.of("Java " + result.jvm()),
                        Table.Td.number(Numbers.ratio(result.ratio()), result.ratio().ratio()),
                        Table.Td.of("Java " + result.baselineJvm()),
                        Table.Td.number("" + result.rounds(), result.rounds())))
            .toList());
  }

  private List<Page.SuitePart> suites() {
    List<Page.SuitePart> parts = new ArrayList<>();
    for (Suite suite : Suite.values()) {
      List<Panel> panels =
          run.plan().panels().stream().filter(panel -> panel.suite() == suite).toList();
      panels.forEach(panel -> parts.add(part(panel)));
      if (suite == Suite.LOAD && run.load().isPresent()) {
        parts.add(loadPart());
      } else if (panels.isEmpty()) {
        parts.add(
            new Page.SuitePart(
                suite.id(), capital(suite.title()), List.of(), "Not measured in this run."));
      }
    }
    return parts;
  }

  private Page.SuitePart loadPart() {
    List<Page.Figure> figures =
        drawings.getOrDefault(LoadPanel.NAME, List.of()).stream().map(HtmlReport::figure).toList();
    return new Page.SuitePart(
        LoadPanel.NAME, capital(Suite.LOAD.title()), figures, figures.isEmpty() ? NOT_DRAWN : "");
  }

  private Page.SuitePart part(Panel panel) {
    List<Page.Figure> figures =
        drawings.getOrDefault(panel.name(), List.of()).stream().map(HtmlReport::figure).toList();
    return new Page.SuitePart(panel.name(), capital(panel.title()), figures, note(panel, figures));
  }

  private String note(Panel panel, List<Page.Figure> figures) {
    if (!figures.isEmpty()) {
      int gone = run.labels().missing(panel, summary.unavailable()).size();
      return gone == 0
          ? ""
          : Numbers.count(gone, "cell is", "cells are") + " not in these charts: not measured.";
    }
    return run.measured(panel).isEmpty() ? "Not measured in this run." : NOT_DRAWN;
  }

  private static Page.Figure figure(Drawing drawing) {
    return new Page.Figure(
        drawing.id(),
        drawing.title(),
        drawing.alternative(),
        drawing.note(),
        drawing.chart().getWidth(),
        drawing.chart().getHeight(),
        ChartInk.inside(ChartInk.svg(drawing.chart()), drawing.id() + "-"),
        drawing.numbers());
  }

  /** Topics that only other runs can show; the page names them without numbers. */
  private List<String> absent() {
    List<String> absent = new ArrayList<>();
    if (summary.load().isEmpty()) {
      absent.add(
          "Throughput against latency, and percentiles above 95 %: they need calls at a given rate"
              + " that do not wait for each other (open loop); this run has none.");
    }
    if (!measured(Operation.SEARCH_VECTORS_1536)) {
      absent.add("Cost against payload: this run has too few payloads for a curve.");
    }
    if (!measured(Operation.CONNECT_RTT_50)) {
      absent.add(
          "Cost against round-trip time: measured over loopback only. Profiles full and"
              + " matrix measure it through a relay, which does not delay TCP's own handshake.");
    }
    if (!measured(Operation.COLD_START)) {
      absent.add(
          "Cold start: the first connection of a new JVM is not measured. The warm-up charts begin a"
              + " few operations later.");
    }
    return absent;
  }

  private boolean measured(Operation operation) {
    return summary.cells().stream().anyMatch(cell -> cell.arm().startsWith(operation.id() + "/"));
  }

  private Page.Repeat repeat() {
    List<Table.Row> machine = new ArrayList<>();
    List<Table.Row> versions = new ArrayList<>();
    run.environment()
        .ifPresent(
            e -> {
              machine(e).forEach((name, value) -> machine.add(fact(name, value)));
              e.libraries().forEach((name, version) -> versions.add(fact(name, version)));
            });
    return new Page.Repeat(
        run.command(),
        new Table("Machine", List.of("what", "value"), machine),
        new Table("Versions", List.of("library", "version"), versions));
  }

  private static Map<String, String> machine(Environment environment) {
    Environment.Machine machine = environment.machine();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("CPU", machine.cpu());
    facts.put("CPU flags", String.join(" ", machine.cpuFlags()));
    facts.put("cores", "" + machine.cores());
    facts.put("memory", Numbers.digits(machine.memoryBytes() / 1073741824.0) + " GiB");
    facts.put("system", machine.os());
    facts.put("kernel", machine.kernel());
    facts.put("frequency governor", machine.governor().orElse("not readable"));
    facts.put("virtual machine", machine.virtualMachine().orElse("none seen"));
    facts.put(
        "container limits",
        machine.containerLimits().isEmpty()
            ? "none"
            : String.join(", ", machine.containerLimits()));
    facts.put("JVM", environment.jvm().name() + " " + environment.jvm().version());
    facts.put("Milvus", environment.milvus().orElse("none"));
    if (!environment.milvusSettings().isEmpty()) {
      facts.put("settings of Milvus beside TLS", environment.milvusSettings().toString());
    }
    environment
        .searched()
        .forEach(set -> facts.put("searched, dimension " + set.dimension(), set.words()));
    return facts;
  }

  private static Table.Row fact(String name, String value) {
    return Table.Row.of(Table.Td.of(name), Table.Td.of(value));
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
