package org.milvustls.bench.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.milvustls.bench.run.OtherJvm;
import org.milvustls.bench.scenario.CellFilter;
import org.milvustls.bench.scenario.Planner;
import org.milvustls.bench.scenario.Profile;
import org.milvustls.bench.scenario.Suite;
import picocli.CommandLine.Option;

/** What to measure: the options that a run and a plan share. */
final class PlanOptions {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "quick",
      description =
          "smoke (3 min, claims nothing), quick (10 min, default), full (60 min), matrix (hours).")
  private String profile = "quick";

  @Option(
      names = "--suite",
      split = ",",
      paramLabel = "NAME",
      description = "handshake, connect, search; default: all.")
  private List<String> suites = new ArrayList<>();

  @Option(
      names = "--filter",
      paramLabel = "GLOB",
      description = "Only cells whose name matches, such as 'connect/mutual/*'; may be repeated.")
  private List<String> filters = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Fixes every random order; default: chosen anew and written into the plan.")
  private Long seed = System.nanoTime() & 0xffff_ffffL;

  @Option(
      names = "--jvm",
      paramLabel = "JAVA_HOME",
      description =
          "Also measure with this JVM, in forks of its own that alternate with the others; may be"
              + " repeated. Takes as long again.")
  private List<Path> jvms = new ArrayList<>();

  Planner.Request request() {
    Set<Suite> chosen = EnumSet.noneOf(Suite.class);
    suites.forEach(name -> chosen.add(Suite.of(name)));
    return new Planner.Request(
        Profile.of(profile),
        chosen.isEmpty() ? EnumSet.allOf(Suite.class) : chosen,
        filters.stream().map(CellFilter::of).toList(),
        seed,
        jvms.stream().map(OtherJvm::home).toList());
  }
}
