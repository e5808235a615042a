package org.milvustls.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
import org.milvustls.bench.result.LoadMeasurement;
import org.milvustls.bench.result.LoadMeasurement.ArmLoad;
import org.milvustls.bench.result.LoadMeasurement.Overhead;
import org.milvustls.bench.result.LoadMeasurement.Step;
import org.milvustls.bench.result.Measurement;
import org.milvustls.bench.result.Saturation;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.LoadPanel;
import org.milvustls.bench.workload.AsyncCalls;
import org.milvustls.bench.workload.ForkResult;
import org.milvustls.bench.workload.SideFile;
import org.milvustls.bench.workload.Workload;

/**
 * One fork of suite {@code load}: {@code java org.milvustls.bench.load.LoadFork spec.json}. For
 * each rate of the grid, every arm that is not yet saturated has a step, in random order. The queue
 * of one step is empty before the next begins. Without a grid, the fork finds one.
 */
public final class LoadFork {
  private static final double FIRST_RATE = 50;
  private static final double LAST_RATE = 200_000;
  private static final Duration SEARCH_STEP = Duration.ofMillis(600);
  private static final Duration SEARCH_SETTLE = Duration.ofMillis(200);
  private static final Duration OVERHEAD_STEP = Duration.ofSeconds(1);

  private final LoadPanel panel;
  private final Random random;
  private final Clients clients;
  private final List<List<Step>> steps = new ArrayList<>();
  private final Map<String, Long> calls = new LinkedHashMap<>();
  private final ServerCpu servers;

  private LoadFork(LoadSpec spec, Clients clients) {
    this.panel = spec.panel();
    this.random = new Random(spec.seed());
    this.clients = clients;
    this.servers = new ServerCpu(spec.target());
    panel.arms().forEach(arm -> steps.add(new ArrayList<>()));
  }

  public static void main(String[] args) throws IOException {
    ObjectMapper json = Json.mapper();
    LoadSpec spec = json.readValue(Path.of(args[0]).toFile(), LoadSpec.class);
    SideFile sideFile = SideFile.create(spec.sideFile());
    try (Clients clients = new Clients(spec, args[0])) {
      sideFile.complete(new LoadFork(spec, clients).run());
    } catch (RuntimeException e) {
      sideFile.failed(e);
      e.printStackTrace();
    } finally {
      // Threads of a failed connection must not keep the JVM.
      Runtime.getRuntime().halt(0);
    }
  }

  private ForkResult run() {
    long begin = System.nanoTime();
    servers.watchIdle();
    List<Double> rates = panel.rates().isEmpty() ? findGrid() : panel.rates();
    Overhead overhead = overhead(rates.get(rates.size() - 1));
    long open = System.nanoTime();
    long warm = open;
    if (!panel.rates().isEmpty()) {
      warmUp(rates);
      warm = System.nanoTime();
      hold(rates);
    }
    Measurement.Work work = Measurement.Work.between(begin, open, warm, System.nanoTime());
    List<ArmLoad> arms = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      arms.add(arm(i));
    }
    return new ForkResult(
        System.getProperty("java.runtime.version"),
        List.of(),
        calls,
        servers.idleShares(),
        new Measurement.Collections(0, 0),
        work,
        Optional.of(new LoadMeasurement(panel.processes(), overhead, rates, arms)));
  }

  private ArmLoad arm(int index) {
    Arm arm = panel.arms().get(index);
    Optional<Workload.Observation> seen = clients.arm(index).observation();
    return new ArmLoad(
        arm.name(),
        arm.cell().name(),
        arm.kind(),
        seen.flatMap(Workload.Observation::negotiated),
        seen.flatMap(Workload.Observation::wire),
        steps.get(index));
  }

  private void warmUp(List<Double> rates) {
    double middle = rates.get(rates.size() / 2);
    for (int round = 0; round < panel.warmUpSteps(); round++) {
      for (int arm = 0; arm < steps.size(); arm++) {
        step(arm, middle, true, panel.settle(), panel.window());
      }
    }
  }

  private void hold(List<Double> rates) {
    List<Integer> open = new ArrayList<>();
    for (int arm = 0; arm < steps.size(); arm++) {
      open.add(arm);
    }
    for (double rate : rates) {
      Collections.shuffle(open, random);
      for (int arm : List.copyOf(open)) {
        Step step = step(arm, rate, false, panel.settle(), panel.window());
        if (Saturation.overloaded(step)) {
          open.remove(Integer.valueOf(arm));
        }
      }
    }
  }

  private Step step(int index, double rate, boolean warmup, Duration settle, Duration window) {
    Arm arm = panel.arms().get(index);
    ServerCpu.Reading before = servers.read(arm.serverRole());
    Part part =
        clients.step(
            new Order(
                index,
                rate,
                random.nextLong(),
                settle.toNanos(),
                window.toNanos(),
                panel.mostInFlight(),
                panel.drainLimit().toNanos()));
    Optional<Double> serverCores = servers.coresSince(before);
    calls.merge(arm.serverRole(), part.sent(), Long::sum);
    Step step =
        new Step(
            rate,
            warmup,
            part.windowNanos(),
            part.sent(),
            part.counted(),
            part.answered(),
            part.unanswered(),
            part.mostInFlight(),
            part.stopped(),
            part.drainNanos(),
            part.latency(),
            part.lag(),
            part.cores(),
            part.machineBusy(),
            part.busiestThread(),
            serverCores);
    steps.get(index).add(step);
    System.out.printf(
        "%s %.0f/s%s: %d sent, %d answered in the window%s%n",
        arm,
        rate,
        warmup ? " (warm-up)" : "",
        step.sent(),
        step.answered(),
        step.stopped().map(why -> "; " + why).orElse(""));
    return step;
  }

  /** Doubles the rate of each arm until it saturates. A first pass over all arms warms the JVM. */
  private List<Double> findGrid() {
    for (int arm = 0; arm < steps.size(); arm++) {
      climb(arm);
    }
    List<Double> capacities = new ArrayList<>();
    for (int arm = 0; arm < steps.size(); arm++) {
      capacities.add(climb(arm));
    }
    return Grid.of(capacities);
  }

  /** Answers per second at the first rate that saturates an arm. */
  private double climb(int arm) {
    double rate = FIRST_RATE;
    Step step = step(arm, rate, true, SEARCH_SETTLE, SEARCH_STEP);
    while (!Saturation.overloaded(step) && rate < LAST_RATE) {
      rate *= 2;
      step = step(arm, rate, true, SEARCH_SETTLE, SEARCH_STEP);
    }
    return Math.max(FIRST_RATE, step.answeredRate());
  }

  /** The schedule with an operation that does nothing. */
  private Overhead overhead(double rate) {
    Order order =
        new Order(
            0,
            rate,
            random.nextLong(),
            SEARCH_SETTLE.toNanos(),
            OVERHEAD_STEP.toNanos(),
            panel.mostInFlight(),
            panel.drainLimit().toNanos());
    return new Overhead(rate, new OpenLoop(order, new Nothing(), Ticker.system()).run().lag());
  }

  /** Ends at once. */
  private static final class Nothing implements AsyncCalls {
    @Override
    public void start(Duration limit, Listener listener) {
      listener.ended(End.ANSWERED);
    }

    @Override
    public Optional<Workload.Observation> observation() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
