package org.milvustls.bench.load;

import java.util.ArrayList;
import java.util.List;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.workload.AsyncCalls;
import org.milvustls.bench.workload.AsyncSearch;

/** The client processes of a fork: this one, and others that do the same at the same time. */
final class Clients implements AutoCloseable {
  private final List<AsyncCalls> arms = new ArrayList<>();
  private final List<Helper> helpers = new ArrayList<>();

  /** Opens every arm here, and in as many other processes as the panel has. */
  Clients(LoadSpec spec, String specFile) {
    try {
      for (int i = 1; i < spec.panel().processes(); i++) {
        helpers.add(Helper.start(specFile));
      }
      for (Arm arm : spec.panel().arms()) {
        arms.add(AsyncSearch.open(arm.cell(), arm.serverRole(), spec.target()));
      }
      helpers.forEach(Helper::awaitReady);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  AsyncCalls arm(int index) {
    return arms.get(index);
  }

  /** One step by all processes; each takes its share of the rate, with arrivals of its own. */
  Part step(Order all) {
    int processes = 1 + helpers.size();
    for (int i = 0; i < helpers.size(); i++) {
      helpers.get(i).send(share(all, processes, i + 1));
    }
    List<Part> parts = new ArrayList<>();
    parts.add(here(share(all, processes, 0)));
    helpers.forEach(helper -> parts.add(helper.receive()));
    return Part.sum(parts);
  }

  Part here(Order order) {
    return new OpenLoop(order, arms.get(order.arm()), Ticker.system()).run();
  }

  private static Order share(Order all, int processes, int process) {
    return new Order(
        all.arm(),
        all.rate() / processes,
        all.seed() + process,
        all.settleNanos(),
        all.windowNanos(),
        all.mostInFlight() / processes,
        all.drainNanos());
  }

  @Override
  public void close() {
    helpers.forEach(Helper::close);
    arms.forEach(AsyncCalls::close);
  }
}
