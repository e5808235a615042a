package org.milvustls.bench.load;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.milvustls.bench.workload.Target;
import org.milvustls.bench.workload.WorkloadException;

/** Reads the CPU of servers that are processes of this machine. */
final class ServerCpu {
  /** Time of the idle watch before any call; long compared with a tick of 10 ms. */
  private static final Duration IDLE_WATCH = Duration.ofSeconds(1);

  private final Target target;
  private final Map<String, Double> idleShares = new LinkedHashMap<>();

  ServerCpu(Target target) {
    this.target = target;
  }

  /**
   * A server at one moment.
   *
   * @param role of the server
   * @param wallNanos monotonic time
   * @param cpu used so far, where readable
   */
  record Reading(String role, long wallNanos, Optional<Duration> cpu) {}

  Reading read(String role) {
    return new Reading(
        role,
        System.nanoTime(),
        Optional.ofNullable(target.servers().get(role))
            .flatMap(Target.Endpoint::pid)
            .flatMap(ProcessHandle::of)
            .flatMap(process -> process.info().totalCpuDuration()));
  }

  /** Measures the share of a core that each server uses without calls. */
  void watchIdle() {
    Map<String, Reading> before = new LinkedHashMap<>();
    target.servers().keySet().forEach(role -> before.put(role, read(role)));
    try {
      Thread.sleep(IDLE_WATCH.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkloadException("interrupted while watching the idle servers", e);
    }
    before.forEach(
        (role, reading) -> cores(reading).ifPresent(share -> idleShares.put(role, share)));
  }

  Map<String, Double> idleShares() {
    return idleShares;
  }

  /** Cores that a server used since then, without its idle share. */
  Optional<Double> coresSince(Reading before) {
    return cores(before)
        .map(cores -> Math.max(0, cores - idleShares.getOrDefault(before.role(), 0.0)));
  }

  private Optional<Double> cores(Reading before) {
    Reading now = read(before.role());
    if (now.cpu().isEmpty() || before.cpu().isEmpty()) {
      return Optional.empty();
    }
    double used = now.cpu().get().minus(before.cpu().get()).toNanos();
    return Optional.of(used / Math.max(1, now.wallNanos() - before.wallNanos()));
  }
}
