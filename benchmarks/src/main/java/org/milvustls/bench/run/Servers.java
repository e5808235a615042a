package org.milvustls.bench.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milvustls.bench.result.Measurement.ServerUse;
import org.milvustls.bench.scenario.Dataset;
import org.milvustls.bench.workload.CollectionSpec;
import org.milvustls.bench.workload.ForkResult;
import org.milvustls.bench.workload.Target;

/**
 * The Milvus servers of a run: its own ones, which it restarts and rotates, or given ones, which it
 * does not change.
 */
interface Servers extends AutoCloseable {

  /**
   * Makes the servers ready for a fork and returns their endpoints. Servers that already run with
   * this rotation stay.
   *
   * @param roles server roles of the fork
   * @param rotation role r gets data copy (r + rotation) mod roles
   */
  Target running(List<String> roles, int rotation);

  /** Stops all servers, so that they do not disturb a fork that needs none. */
  void stop();

  /** The servers that have ended by themselves, in one line, if any. */
  Optional<String> ended();

  /** The servers in the record of a fork. */
  List<ServerUse> use(ForkResult result);

  /** Kind and version in one line; the same in a resumed run. */
  String description();

  /** Settings of its own servers beside the defaults, for the record. */
  Map<String, String> settings();

  /** The collections for searches, with the expected answers. */
  Map<Dataset, CollectionSpec> collections();

  /** A known bias from the choice of servers, if any. */
  Optional<String> bias();

  @Override
  void close();
}
