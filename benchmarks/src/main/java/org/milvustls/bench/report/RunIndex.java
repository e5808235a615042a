package org.milvustls.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.result.Json;
import org.milvustls.bench.result.RunFolder;

/** Writes {@code index.html} beside the run folders: the list of runs, newest first. */
final class RunIndex {
  private static final String FILE = "index.html";

  /** Identifies a page written by this class; any other page is left alone. */
  private static final String MARK = "<meta name=\"generator\" content=\"milvus-tls-bench\">";

  /**
   * The content of the template.
   *
   * @param runs newest first
   * @param css style sheet
   */
  record Listing(List<Entry> runs, String css) {}

  /**
   * A run.
   *
   * @param name of its folder
   * @param link to its report, relative; empty without one
   * @param profile name
   * @param started start time as text
   * @param order sort key
   * @param forks done and planned
   * @param trust whether it gives verdicts
   */
  record Entry(
      String name,
      String link,
      String profile,
      String started,
      String order,
      String forks,
      String trust) {}

  private RunIndex() {}

  /** Writes the list for the parent folder of a run. */
  static void write(RunFolder run) {
    Path parent = run.root().toAbsolutePath().normalize().getParent();
    if (parent == null || isForeign(parent.resolve(FILE))) {
      return;
    }
    String page =
        HtmlReport.render(
            "index.jte", new Listing(entries(parent), HtmlReport.resource("page.css")));
    RunFolder.writeBeside(parent.resolve(FILE), page.getBytes(UTF_8));
  }

  private static boolean isForeign(Path file) {
    try {
      return Files.exists(file) && !Files.readString(file).contains(MARK);
    } catch (IOException e) {
      return true;
    }
  }

  private static List<Entry> entries(Path parent) {
    try (Stream<Path> folders = Files.list(parent)) {
      List<Entry> entries = new ArrayList<>();
      folders
          .filter(folder -> Files.isRegularFile(folder.resolve("plan.json")))
          .forEach(folder -> entries.add(entry(folder)));
      entries.sort(Comparator.comparing(Entry::order).reversed().thenComparing(Entry::name));
      return entries;
    } catch (IOException e) {
      throw MilvusTlsException.failure("cannot list the runs in " + parent)
          .seen(e)
          .cause(e)
          .build();
    }
  }

  /** Reads the fields that every version of a summary has; missing ones stay open. */
  private static Entry entry(Path folder) {
    JsonNode summary = summary(folder);
    String name = String.valueOf(folder.getFileName());
    boolean report = Files.isRegularFile(folder.resolve("report.html"));
    String started = summary.path("started").asText("");
    JsonNode trust = summary.path("trust").path("verdictsGiven");
    return new Entry(
        name,
        report ? name + "/report.html" : "",
        summary.path("profile").asText("no summary"),
        started.isEmpty() ? "not started" : started.replace('T', ' ').replaceAll("\\..*|Z$", ""),
        started,
        summary.has("forksDone")
            ? summary.path("forksDone").asInt() + " of " + summary.path("forksPlanned").asInt()
            : "not known",
        trust.isMissingNode() ? "not known" : trust.asBoolean() ? "verdicts given" : "no verdicts");
  }

  private static JsonNode summary(Path folder) {
    try {
      return Json.mapper().readTree(Files.readString(folder.resolve("summary.json")));
    } catch (IOException e) {
      return Json.mapper().createObjectNode();
    }
  }
}
