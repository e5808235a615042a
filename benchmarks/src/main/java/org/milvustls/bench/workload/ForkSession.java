package org.milvustls.bench.workload;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.milvustls.bench.result.Json;
import org.milvustls.bench.result.Measurement;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.workload.Target.Endpoint;

/**
 * The work inside a fork's JVM. Opens and checks each arm, runs a fixed number of warm-up cycles,
 * then measures cycle after cycle. A cycle is one burst of every arm in a new random order. Does
 * not depend on JMH, which only calls it.
 */
public final class ForkSession implements AutoCloseable {
  /** Time of the idle watch before the warm-up; long compared with a tick of 10 ms. */
  private static final Duration IDLE_WATCH = Duration.ofSeconds(1);

  /** Opens the workload of an arm. */
  interface Opener {
    Workload open(Cell cell, String serverRole, Target target);
  }

  private final ForkSpec spec;
  private final Opener opener;
  private final Random random;
  private final List<ArmRun> arms = new ArrayList<>();
  private final List<Runnable> turns = new ArrayList<>();
  private final SideFile sideFile;
  private final Map<String, Double> idleShares = new LinkedHashMap<>();
  private boolean warm;
  private int cycles;
  private Measurement.Collections atStart = collections();
  private final long begin = System.nanoTime();
  private long open;
  private long warmed;

  private ForkSession(ForkSpec spec, Opener opener, SideFile sideFile) {
    this.spec = spec;
    this.opener = opener;
    this.random = new Random(spec.seed());
    this.sideFile = sideFile;
  }

  /** Reads the file that {@link ForkSpec#PROPERTY} names and opens every arm. */
  public static ForkSession open() {
    String path = System.getProperty(ForkSpec.PROPERTY);
    if (path == null) {
      throw new IllegalStateException(
          "this benchmark is a part of run-benchmarks: it needs -D"
              + ForkSpec.PROPERTY
              + "; for plain JMH use HandshakeBenchmark, ConnectBenchmark or SearchBenchmark");
    }
    try {
      ObjectMapper json = Json.mapper();
      return open(json.readValue(Path.of(path).toFile(), ForkSpec.class));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  static ForkSession open(ForkSpec spec) {
    return open(spec, Workloads::open);
  }

  static ForkSession open(ForkSpec spec, Opener opener) {
    ForkSession session = new ForkSession(spec, opener, SideFile.create(spec.sideFile()));
    try {
      session.openArms();
      return session;
    } catch (RuntimeException e) {
      session.fail(e);
      throw e;
    }
  }

  private void openArms() {
    Panel panel = spec.panel();
    for (Arm arm : panel.arms()) {
      arms.add(openArm(arm));
    }
    for (ArmRun arm : arms) {
      turns.add(() -> arm.burst(warm));
    }
    for (Arm filler : panel.fillers()) {
      ArmRun arm = arms.get(panel.arms().indexOf(filler));
      turns.add(arm::filler);
    }
    watchIdleServers();
    open = System.nanoTime();
  }

  private ArmRun openArm(Arm arm) {
    Workload workload = opener.open(arm.cell(), arm.serverRole(), spec.target());
    Workload performed =
        arm.plantedNanos() > 0
            ? new Paused(workload, arm.plantedNanos(), arm.countedNanos() > 0)
            : workload;
    try {
      return new ArmRun(arm, performed, pid(arm));
    } catch (RuntimeException e) {
      workload.close();
      throw new WorkloadException(arm.name() + ": " + e.getMessage(), e);
    }
  }

  private Optional<Long> pid(Arm arm) {
    return Optional.ofNullable(spec.target().servers().get(arm.serverRole()))
        .flatMap(Endpoint::pid);
  }

  /** Measures the CPU of each server without calls. */
  private void watchIdleServers() {
    Map<String, Long> before = serverCpu();
    if (before.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    try {
      Thread.sleep(IDLE_WATCH.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkloadException("interrupted while watching the idle servers", e);
    }
    double took = System.nanoTime() - start;
    serverCpu()
        .forEach(
            (role, after) ->
                idleShares.put(role, (after - before.getOrDefault(role, after)) / took));
  }

  private Map<String, Long> serverCpu() {
    Map<String, Long> nanos = new LinkedHashMap<>();
    spec.target()
        .servers()
        .forEach(
            (role, endpoint) ->
                new Cost(endpoint.pid()).serverCpuNanos().ifPresent(cpu -> nanos.put(role, cpu)));
    return nanos;
  }

  /** Runs the warm-up cycles, which are stored but not used. */
  public void warmUp() {
    for (int i = 0; i < spec.panel().warmupCycles(); i++) {
      cycle();
    }
    warm = true;
    warmed = System.nanoTime();
    atStart = collections();
  }

  /** One burst of every arm, in random order. */
  public void cycle() {
    try {
      Collections.shuffle(turns, random);
      turns.forEach(Runnable::run);
      cycles++;
    } catch (RuntimeException e) {
      fail(e);
      throw e;
    }
  }

  /** Writes the medians of the last cycle to the disk. */
  public void flush() {
    sideFile.cycle(cycles, lastMedians());
  }

  /** Median of each arm's last burst in ns, by the arm's name. */
  public Map<String, Long> lastMedians() {
    Map<String, Long> medians = new LinkedHashMap<>();
    arms.forEach(arm -> medians.put(arm.arm().name(), arm.lastMedian()));
    return medians;
  }

  /**
   * Writes the measurements and the completion marker, then closes. Without the marker the fork
   * counts as failed.
   */
  @Override
  public void close() {
    Measurement.Collections atEnd = collections();
    List<Measurement.ArmMeasurement> measured =
        arms.stream()
            .map(
                arm -> arm.measurement(Optional.ofNullable(idleShares.get(arm.arm().serverRole()))))
            .toList();
    Measurement.Work work = Measurement.Work.between(begin, open, warmed, System.nanoTime());
    Map<String, Long> calls = new LinkedHashMap<>();
    arms.forEach(arm -> calls.merge(arm.arm().serverRole(), arm.calls(), Long::sum));
    sideFile.complete(
        new ForkResult(
            System.getProperty("java.runtime.version"),
            measured,
            calls,
            idleShares,
            new Measurement.Collections(
                atEnd.count() - atStart.count(), atEnd.millis() - atStart.millis()),
            work,
            Optional.empty()));
    closeArms();
  }

  private void fail(RuntimeException cause) {
    sideFile.failed(cause);
    closeArms();
  }

  private void closeArms() {
    arms.forEach(ArmRun::close);
    arms.clear();
    turns.clear();
  }

  private static Measurement.Collections collections() {
    long count = 0;
    long millis = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      count += Math.max(0, collector.getCollectionCount());
      millis += Math.max(0, collector.getCollectionTime());
    }
    return new Measurement.Collections(count, millis);
  }
}
