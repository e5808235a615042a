package org.milvustls.bench.run;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.result.Environment;
import org.milvustls.bench.result.LoadMeasurement;
import org.milvustls.bench.result.Measurement;
import org.milvustls.bench.result.RunFolder;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.Dataset;
import org.milvustls.bench.scenario.LoadPanel;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Plan.PlannedFork;
import org.milvustls.bench.scenario.Plan.UnavailableCell;
import org.milvustls.bench.scenario.Planner;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.bench.workload.Answers;
import org.milvustls.bench.workload.CollectionSpec;
import org.milvustls.bench.workload.ForkResult;
import org.milvustls.bench.workload.SideFile;
import org.milvustls.bench.workload.Target;
import org.milvustls.server.MilvusServers;
import org.milvustls.server.ServerChoice;
import org.milvustls.server.ServerRequest;
import org.milvustls.tls.TlsMode;

/**
 * One run from plan to last fork. Starts servers, checks each cell (preflight), then runs the forks
 * one at a time in the planned order and appends each to the run folder. Makes no estimate; the
 * report does that from the folder.
 */
public final class BenchmarkRun {
  /** A fork that failed is repeated this many times; each try is kept. */
  private static final int TRIES = 3;

  private static final long COLLECTION_SEED = 20_260_101L;

  private final RunRequest request;
  private final Progress progress;
  private final Clock clock;
  private final Path temporary;
  private final Path work;
  private volatile @Nullable Servers servers;
  private volatile boolean closing;

  public BenchmarkRun(RunRequest request, Progress progress, Clock clock) {
    this(request, progress, clock, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * A run with its lock and its work folder in another place.
   *
   * @param temporary the folder for temporary files; runs with the same one exclude each other
   */
  BenchmarkRun(RunRequest request, Progress progress, Clock clock, Path temporary) {
    this.request = request;
    this.progress = progress;
    this.clock = clock;
    this.temporary = temporary;
    this.work = WorkFolder.create(temporary);
  }

  /**
   * Executes the run.
   *
   * @return the folder with all measurements
   * @throws MilvusTlsException if it could not start, or if the folder is no longer writable
   */
  public RunFolder execute() {
    MachineLock lock = MachineLock.take(temporary.resolve("milvus-tls-bench.lock"));
    long start = System.nanoTime();
    try {
      WorkFolder.deleteLeftovers(work);
      RunFolder folder =
          request.resume() ? RunFolder.open(request.folder()) : RunFolder.create(request.folder());
      Plan plan = prepareOrDiscard(folder);
      EnvironmentCapture capture = new EnvironmentCapture();
      Environment environment =
          folder
              .readEnvironment()
              .orElseGet(
                  () ->
                      capture
                          .before(plan, milvus(), settings(), biases())
                          .searching(searched())
                          .preparedIn(Duration.ofNanos(System.nanoTime() - start)));
      folder.writeEnvironment(environment);
      environment.warnings().forEach(warning -> progress.say("warning: " + warning));
      measure(plan, folder);
      folder.writeEnvironment(capture.after(folder.readEnvironment().orElse(environment)));
      return folder;
    } finally {
      close();
      lock.close();
    }
  }

  /** Prepares the run; removes the folder when it cannot start. */
  private Plan prepareOrDiscard(RunFolder folder) {
    try {
      return prepare(folder);
    } catch (RuntimeException e) {
      folder.discardIfEmpty();
      throw e;
    }
  }

  private Optional<String> milvus() {
    return Optional.ofNullable(servers).map(Servers::description);
  }

  private Map<String, String> settings() {
    return Optional.ofNullable(servers).map(Servers::settings).orElse(Map.of());
  }

  private List<Environment.Searched> searched() {
    return Optional.ofNullable(servers).stream()
        .flatMap(running -> running.collections().values().stream())
        .map(spec -> Answers.of(spec).asSearched())
        .toList();
  }

  private List<String> biases() {
    return Optional.ofNullable(servers).flatMap(Servers::bias).stream().toList();
  }

  /**
   * Prepares plan, servers, environment and preflight. A resumed run keeps its plan. It does not
   * repeat completed examinations: unavailable cells, rates of open-loop load.
   */
  private Plan prepare(RunFolder folder) {
    if (request.resume()) {
      Plan plan = folder.readPlan();
      if (left(plan, folder.readMeasurements().lines()).isEmpty()) {
        return plan;
      }
      if (needsMilvus(plan)) {
        servers = needed(plan, folder);
      }
      folder.readEnvironment().ifPresent(this::requireSame);
      return folder.readEnvironment().isPresent() ? plan : examine(plan, folder);
    }
    Map<Cell, String> known = new LinkedHashMap<>();
    Plan plan = Planner.plan(request.plan(), known);
    if (needsMilvus(plan)) {
      if (!request.given().endpoints().isEmpty()) {
        servers = givenServers(plan, folder);
      } else {
        ServerChoice choice = choose();
        if (choice.isAvailable()) {
          servers = ownServers(choice, plan, folder);
        } else {
          plan = Planner.without(plan, withoutMilvus(plan, choice.reason()));
        }
      }
    }
    folder.writePlan(plan);
    return examine(plan, folder);
  }

  /** Examines the cells. A resumed run repeats this unless the environment was written. */
  private Plan examine(Plan plan, RunFolder folder) {
    Plan examined = preflight(plan, folder);
    folder.writePlan(examined);
    return examined;
  }

  private ServerChoice choose() {
    return MilvusServers.choose(
        ServerRequest.builder(TlsMode.OFF).kind(request.server()).image(request.image()).build());
  }

  /** Servers for a plan that needs them. */
  private Servers needed(Plan plan, RunFolder folder) {
    if (!request.given().endpoints().isEmpty()) {
      return givenServers(plan, folder);
    }
    ServerChoice choice = choose();
    if (!choice.isAvailable()) {
      throw MilvusTlsException.failure("the run needs a Milvus")
          .seen(choice.reason())
          .next("start what the run was started with, then give --resume again")
          .build();
    }
    return ownServers(choice, plan, folder);
  }

  private Servers ownServers(ServerChoice choice, Plan plan, RunFolder folder) {
    progress.say(choice.reason());
    return OwnServers.prepare(
        choice.kind().orElseThrow(), request.image(), work, collections(plan, folder));
  }

  private Servers givenServers(Plan plan, RunFolder folder) {
    progress.say("Milvus: as given with --endpoint");
    return GivenServers.prepare(request.given(), work, collections(plan, folder));
  }

  /** Collections named after the run, so that no name exists on a user's server. */
  private Map<Dataset, CollectionSpec> collections(Plan plan, RunFolder folder) {
    String name = "milvus_tls_" + folder.id().replaceAll("[^A-Za-z0-9]", "_");
    Map<Dataset, CollectionSpec> specs = new EnumMap<>(Dataset.class);
    for (Arm arm : plan.arms()) {
      arm.cell()
          .operation()
          .dataset()
          .ifPresent(
              data ->
                  specs.put(
                      data,
                      new CollectionSpec(
                          name + "_" + data.dimension(),
                          data.vectors(),
                          data.dimension(),
                          COLLECTION_SEED,
                          Optional.empty())));
    }
    specs
        .values()
        .forEach(
            spec -> progress.say("loading " + spec.vectors() + " vectors of " + spec.dimension()));
    return specs;
  }

  /** Checks that all forks of one run have the same servers and JVM. */
  private void requireSame(Environment recorded) {
    requireSame("Milvus", recorded.milvus().orElse("none"), milvus().orElse("none"));
    requireSame("JVM", recorded.jvm().version(), System.getProperty("java.runtime.version"));
  }

  private static void requireSame(String what, String recorded, String now) {
    if (!recorded.equals(now)) {
      throw MilvusTlsException.usage("the run was started with another " + what)
          .seen(now)
          .allowed(recorded)
          .next("go on with that one, or start a new run")
          .build();
    }
  }

  private static boolean needsMilvus(Plan plan) {
    return !plan.serverRoles().isEmpty();
  }

  private static List<UnavailableCell> withoutMilvus(Plan plan, String reason) {
    return plan.arms().stream()
        .map(Arm::cell)
        .filter(cell -> cell.suite().needsMilvus())
        .map(Cell::name)
        .distinct()
        .map(cell -> new UnavailableCell(cell, reason, false))
        .toList();
  }

  private Plan preflight(Plan plan, RunFolder folder) {
    PreflightRunner runner = new PreflightRunner(folder.raw());
    Set<UnavailableCell> found = new LinkedHashSet<>();
    for (List<String> panels : plan.panelsByServers()) {
      progress.say("preflight: each cell once of " + String.join(", ", panels));
      found.addAll(runner.examine(panels, plan.arms(panels), target(plan, panels.get(0), 0)));
    }
    UnavailableCell.lines(found).forEach(progress::say);
    Plan left = Planner.without(plan, List.copyOf(found));
    return left.load().isPresent() ? findRates(left, folder) : left;
  }

  /** Finds one grid for all arms and forks of suite {@code load}, and writes it into the plan. */
  private Plan findRates(Plan plan, RunFolder folder) {
    progress.say("load: looking for the rates at which each arm saturates");
    SideFile.Outcome outcome =
        withReason(
            new LoadLauncher(folder.raw())
                .run(
                    "load-grid",
                    plan.load().orElseThrow(),
                    plan.seed(),
                    target(plan, LoadPanel.NAME, 0)));
    List<Double> rates =
        outcome
            .result()
            .flatMap(ForkResult::load)
            .map(LoadMeasurement::rates)
            .orElseThrow(
                () ->
                    MilvusTlsException.failure("no grid of rates was found for suite load")
                        .seen(outcome.failure().orElse("no reason known"))
                        .next("read raw/load-grid.log in the folder of the run")
                        .build());
    progress.say("load: rates per second " + rates.stream().map(Math::round).toList());
    return plan.on(rates);
  }

  /** The endpoints for a fork. Only the servers that it needs run. */
  private Target target(Plan plan, String panel, int rotation) {
    List<String> roles = plan.serverRoles(panel);
    if (roles.isEmpty()) {
      if (servers != null) {
        servers.stop();
      }
      return Target.none();
    }
    if (servers == null) {
      throw new IllegalStateException("panel " + panel + " is planned without servers");
    }
    return servers.running(roles, rotation);
  }

  private static List<PlannedFork> left(Plan plan, List<Measurement> measured) {
    Set<Integer> done =
        measured.stream()
            .filter(Measurement::succeeded)
            .map(Measurement::fork)
            .collect(Collectors.toSet());
    return plan.forks().stream().filter(fork -> !done.contains(fork.index())).toList();
  }

  private void measure(Plan plan, RunFolder folder) {
    List<Measurement> earlier = folder.readMeasurements().lines();
    List<PlannedFork> left = left(plan, earlier);
    ClockWatch watch = new ClockWatch(clock, System::nanoTime);
    progress.start(plan, left, earlier);
    try (ForkLauncher launcher = new ForkLauncher(folder.raw())) {
      for (PlannedFork fork : left) {
        measure(plan, fork, folder, launcher);
        watch.stepped().ifPresent(step -> warn(folder, fork, step));
      }
    } finally {
      progress.end();
    }
  }

  private void warn(RunFolder folder, PlannedFork fork, Duration step) {
    String warning =
        String.format(
            Locale.ROOT,
            "the wall clock was set by %+d s during fork %d: times of day in this run do not fit"
                + " together; durations come from the monotonic clock and are not touched",
            Math.round(step.toMillis() / 1000.0),
            fork.index() + 1);
    progress.say("warning: " + warning);
    folder.readEnvironment().map(seen -> seen.with(warning)).ifPresent(folder::writeEnvironment);
  }

  private void measure(Plan plan, PlannedFork fork, RunFolder folder, ForkLauncher launcher) {
    int earlier =
        (int)
            folder.readMeasurements().lines().stream()
                .filter(line -> line.fork() == fork.index())
                .count();
    for (int attempt = earlier + 1; attempt <= earlier + TRIES; attempt++) {
      progress.fork(fork, attempt);
      Measurement measurement = attempt(plan, fork, attempt, launcher);
      if (closing) {
        // This process ended the fork: there is no result, and --resume runs it again.
        throw MilvusTlsException.failure("the run was interrupted").build();
      }
      folder.append(measurement);
      progress.done(fork, measurement);
      if (measurement.succeeded()) {
        return;
      }
      if (servers != null) {
        servers.stop();
      }
    }
  }

  private Measurement attempt(Plan plan, PlannedFork fork, int attempt, ForkLauncher launcher) {
    Instant started = clock.instant();
    long start = System.nanoTime();
    Duration starting = Duration.ZERO;
    SideFile.Outcome outcome;
    try {
      Target target = target(plan, fork.panel(), fork.rotation());
      starting = Duration.ofNanos(System.nanoTime() - start);
      String name = String.format("fork-%03d-try-%d", fork.index(), attempt);
      outcome = withReason(launch(plan, fork, name, target, launcher));
    } catch (MilvusTlsException e) {
      outcome = new SideFile.Outcome(Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    int warmup = fork.suite() == Suite.LOAD ? 0 : plan.panel(fork.panel()).warmupCycles();
    return Measurements.of(fork, attempt, warmup, started, took, starting, outcome, servers);
  }

  private static SideFile.Outcome launch(
      Plan plan, PlannedFork fork, String name, Target target, ForkLauncher launcher) {
    return fork.suite() == Suite.LOAD
        ? launcher.load().run(name, plan.load().orElseThrow(), fork.seed(), target)
        : launcher.run(name, plan.panel(fork.panel()), fork.seed(), target, fork.jvm());
  }

  /** Reports an ended server as the reason, whatever error the client saw. */
  private SideFile.Outcome withReason(SideFile.Outcome outcome) {
    Optional<String> ended = Optional.ofNullable(servers).flatMap(Servers::ended);
    return outcome.failure().isPresent() && ended.isPresent()
        ? new SideFile.Outcome(outcome.result(), ended)
        : outcome;
  }

  /**
   * Stops servers and removes keys and data. May be called from a shutdown hook while {@link
   * #execute} runs.
   */
  public void close() {
    closing = true;
    ForkLauncher.killForks();
    Servers running = servers;
    if (running != null) {
      running.close();
    }
    WorkFolder.delete(work);
  }
}
