package org.milvustls.bench.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.run.OtherJvm;
import org.milvustls.bench.scenario.CellFilter;
import org.milvustls.bench.scenario.Planner;
import org.milvustls.bench.scenario.Profile;
import org.milvustls.bench.scenario.Suite;
import picocli.CommandLine.Option;

/** The options that a run and a plan share: cells, amount and order. */
final class PlanOptions {
  private static final int MOST = 1000;

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
      description =
          "handshake, connect, search, load; default: all, and load in profiles full and matrix only.")
  private List<String> suites = new ArrayList<>();

  @Option(
      names = "--filter",
      paramLabel = "GLOB",
      description =
          "Only cells whose whole name matches, such as 'handshake/*boringssl/*rsa-4096*', each with"
              + " the baseline of its comparison; may be repeated. The names: plan --profile matrix.")
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

  @Option(
      names = "--latency-bound",
      paramLabel = "MS",
      description = "Suite load: what p99 may be, in ms; default: 20.")
  private int latencyBound = (int) Planner.Request.LATENCY_BOUND.toMillis();

  @Option(
      names = "--client-processes",
      paramLabel = "N",
      description = "Suite load: so many client processes share each rate; default: 1.")
  private int processes = 1;

  private static int positive(String option, int value) {
    if (value < 1 || value > MOST) {
      throw MilvusTlsException.usage(option + " is out of range")
          .seen(value)
          .allowed("1 to " + MOST)
          .build();
    }
    return value;
  }

  Planner.Request request() {
    Set<Suite> chosen = EnumSet.noneOf(Suite.class);
    suites.forEach(name -> chosen.add(Suite.of(name)));
    return new Planner.Request(
        Profile.of(profile),
        chosen.isEmpty() ? Profile.of(profile).suites() : chosen,
        filters.stream().map(CellFilter::of).toList(),
        seed,
        jvms.stream().map(OtherJvm::home).toList(),
        Duration.ofMillis(positive("--latency-bound", latencyBound)),
        positive("--client-processes", processes));
  }
}
