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
 * The Milvus servers of a run: our own ones, which are restarted and rotated, or given ones, which
 * are left alone.
 */
interface Servers extends AutoCloseable {

  /**
   * Makes the servers ready for a fork and says where they are. Servers that already run with this
   * rotation stay.
   *
   * @param roles what the fork talks to
   * @param rotation role r gets data copy (r + rotation) mod roles
   */
  Target running(List<String> roles, int rotation);

  /** Stops what runs, so that it does not disturb a fork that needs no server. */
  void stop();

  /** Which servers have ended by themselves, in one line, if some have. */
  Optional<String> ended();

  /** What the record of a fork says of the servers. */
  List<ServerUse> use(ForkResult result);

  /** In one line: kind and version; the same for a resumed run. */
  String description();

  /** Its configuration beside the defaults, where it is ours; for the record. */
  Map<String, String> settings();

  /** What searches run on, with the answers that are expected. */
  Map<Dataset, CollectionSpec> collections();

  /** What is known to be biased by the choice of servers. */
  Optional<String> bias();

  @Override
  void close();
}
