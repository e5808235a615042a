package org.milvustls.bench.run;

import java.util.List;
import org.milvustls.bench.result.Measurement;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Plan.PlannedFork;

/** Where a run says how far it is. All of it goes to stderr. */
public interface Progress {

  /** One line about what happens now. */
  void say(String line);

  /**
   * The forks that are left are about to run.
   *
   * @param earlier what a resumed run has measured already
   */
  void start(Plan plan, List<PlannedFork> left, List<Measurement> earlier);

  /** A try of a fork starts. */
  void fork(PlannedFork fork, int attempt);

  /** A try of a fork has ended. */
  void done(PlannedFork fork, Measurement measurement);

  /** Nothing more comes. */
  void end();
}
