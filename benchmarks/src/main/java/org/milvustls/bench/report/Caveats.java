package org.milvustls.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.scenario.Profile;

/** The caveats that a reader needs before the answers, for terminal, Markdown and HTML. */
record Caveats(Summary summary) {

  /** One sentence or two each; empty when nothing is wrong. */
  List<String> texts() {
    List<String> caveats = new ArrayList<>();
    if (isSmoke()) {
      caveats.add(whetherAllWorks());
    }
    onOneJvm().ifPresent(caveats::add);
    if (!summary.complete()) {
      caveats.add(
          "The run is not complete: "
              + summary.forksDone()
              + " of "
              + Numbers.count(summary.forksPlanned(), "fork", "forks")
              + " can be used.");
    }
    long lost = lost();
    if (lost > 0) {
      caveats.add(
          Numbers.count((int) lost, "try", "tries")
              + " of forks failed and no later one made up for it; the reasons are under \"Can this run"
              + " be trusted?\"");
    }
    if (!summary.unavailable().isEmpty()) {
      caveats.add(
          Numbers.count(summary.unavailable().size(), "cell was", "cells were")
              + " not measured; the reasons are under \"Not measured\".");
    }
    return caveats;
  }

  /** Whether this is a run of profile smoke, which has too few times for a verdict. */
  boolean isSmoke() {
    return summary.profile().equals(Profile.SMOKE.id());
  }

  private String whetherAllWorks() {
    boolean fails =
        !summary.complete()
            || lost() > 0
            || summary.unavailable().stream().anyMatch(Summary.Unavailable::failed);
    String works =
        summary.unavailable().isEmpty() ? "Everything works" : "Everything that is available works";
    return (fails ? "Not everything works" : works)
        + ": "
        + summary.forksDone()
        + " of "
        + Numbers.count(summary.forksPlanned(), "fork", "forks")
        + ". The smoke profile says nothing about cost.";
  }

  private long lost() {
    return summary.failures().stream().filter(failure -> !failure.madeGood()).count();
  }

  /** In a run with several JVMs: names the one behind tables and charts. */
  private Optional<String> onOneJvm() {
    return baselineJvm()
        .map(
            jvm ->
                "Tables and charts are of Java "
                    + jvm
                    + "; what another JVM changes is said apart.");
  }

  /** In a run with several JVMs: the version of the baseline JVM. */
  Optional<String> baselineJvm() {
    return summary.jvms().stream().map(Summary.JvmResult::baselineJvm).findFirst();
  }
}
