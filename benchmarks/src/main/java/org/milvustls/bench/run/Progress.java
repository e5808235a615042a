package org.milvustls.bench.run;

import java.util.List;
import org.milvustls.bench.result.Measurement;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Plan.PlannedFork;

/** Shows the progress of a run on stderr. */
public interface Progress {

  /** Shows one line about the current step. */
  void say(String line);

  /**
   * The remaining forks are about to run.
   *
   * @param earlier measurements of the earlier part of a resumed run
   */
  void start(Plan plan, List<PlannedFork> left, List<Measurement> earlier);

  /** A try of a fork starts. */
  void fork(PlannedFork fork, int attempt);

  /** A try of a fork has ended. */
  void done(PlannedFork fork, Measurement measurement);

  /** The run has ended. */
  void end();
}
