package org.milvustls.bench.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.scenario.Plan.PlannedFork;
import org.milvustls.bench.scenario.Plan.UnavailableCell;

/**
 * Makes a plan: the comparisons, the number of forks and their order. The seed fixes every order.
 */
public final class Planner {
  /** Confidence over all headline pairs together; the rate of false alarms is one minus this. */
  private static final double CONFIDENCE = 0.95;

  /** Number of similar names in the message about a mistyped one. */
  private static final int NEAR = 4;

  /** Time to start a JVM, and to connect and check every arm. */
  private static final Duration FORK_OVERHEAD = Duration.ofSeconds(3);

  /** Time to restart all servers of a panel on copied data. */
  private static final Duration SERVER_RESTART = Duration.ofSeconds(5);

  private Planner() {}

  /**
   * The options of the command line that affect a plan.
   *
   * @param profile amount of measurement
   * @param suites suites to measure
   * @param filters globs over cell names; empty: all
   * @param seed of every order
   * @param jvms homes of JVMs to compare with the one that runs the harness: each gets as many
   *     forks, one in each round
   * @param latencyBound of suite {@code load}, for its 99th percentile
   * @param processes client processes of suite {@code load}
   */
  public record Request(
      Profile profile,
      Set<Suite> suites,
      List<CellFilter> filters,
      long seed,
      List<String> jvms,
      Duration latencyBound,
      int processes) {
    /** Bound of the 99th percentile when none is given. */
    public static final Duration LATENCY_BOUND = Duration.ofMillis(20);

    /** A request with the defaults of suite {@code load}. */
    public Request(
        Profile profile,
        Set<Suite> suites,
        List<CellFilter> filters,
        long seed,
        List<String> jvms) {
      this(profile, suites, filters, seed, jvms, LATENCY_BOUND, 1);
    }

    public Request {
      jvms = List.copyOf(jvms);
      suites = Collections.unmodifiableSet(new LinkedHashSet<>(suites));
      filters = List.copyOf(filters);
    }
  }

  /**
   * The plan for a request.
   *
   * @param known unavailable cells, with the reason
   * @throws MilvusTlsException if nothing remains to measure, or if it would take longer than the
   *     profile's budget
   */
  public static Plan plan(Request request, Map<Cell, String> known) {
    Map<Cell, String> unavailable = new LinkedHashMap<>();
    List<Panel> panels = new ArrayList<>();
    for (Suite suite : Suite.values()) {
      if (request.suites().contains(suite)) {
        for (ComparisonGroup group : suite.groups(request.profile())) {
          panel(request, group, known, unavailable).ifPresent(panels::add);
        }
      }
    }
    for (ComparisonGroup group : NamedCells.groups(request.profile(), named(request))) {
      panel(request, group, known, unavailable).ifPresent(panels::add);
    }
    Optional<LoadPanel> load = load(request, known, unavailable);
    if (panels.isEmpty() && load.isEmpty() && unavailable.isEmpty()) {
      throw nothingLeft(request);
    }
    List<PlannedFork> forks = order(panels, load, request.seed(), request.jvms());
    Duration expected = expected(panels, load, forks);
    Duration budget = request.profile().budget();
    if (expected.compareTo(budget) > 0) {
      throw MilvusTlsException.usage(
              "the plan would take longer than profile " + request.profile() + " allows")
          .seen(expected)
          .allowed("up to " + budget)
          .next("choose fewer suites with --suite or fewer cells with --filter")
          .build();
    }
    return new Plan(
        Plan.SCHEMA,
        request.profile().id(),
        request.seed(),
        panels,
        load,
        forks,
        unavailable.entrySet().stream()
            .map(entry -> new UnavailableCell(entry.getKey().name(), entry.getValue(), false))
            .toList(),
        CONFIDENCE,
        expected,
        budget);
  }

  /** Cells whose whole name is a filter, and that no profile compares. */
  private static List<Cell> named(Request request) {
    return request.filters().stream()
        .flatMap(filter -> filter.cell().stream())
        .filter(cell -> request.suites().contains(cell.suite()) && cell.suite() != Suite.LOAD)
        .filter(
            cell ->
                Arrays.stream(Profile.values())
                    .flatMap(profile -> compared(profile, cell.suite()))
                    .noneMatch(cell::equals))
        .distinct()
        .toList();
  }

  /** Suggests the meaning of a filter: a cell of another plan, a baseline, or a similar name. */
  private static MilvusTlsException nothingLeft(Request request) {
    MilvusTlsException.Builder message =
        MilvusTlsException.usage(
                "no comparison of profile " + request.profile() + " is left by --filter")
            .seen(request.filters());
    List<Profile> profiles = new ArrayList<>(List.of(request.profile()));
    profiles.addAll(List.of(Profile.values()));
    for (Profile profile : profiles) {
      for (Suite suite : Suite.values()) {
        List<String> there = names(compared(profile, suite).filter(cell -> matches(request, cell)));
        if (!there.isEmpty()) {
          return message
              .next(
                  "take --profile " + profile + " --suite " + suite + ", which has " + list(there))
              .build();
        }
      }
    }
    List<String> others =
        names(
            request.suites().stream()
                .flatMap(suite -> comparisons(request.profile(), suite))
                .filter(comparison -> matches(request, comparison.baseline()))
                .flatMap(comparison -> comparison.cells().stream()));
    if (!others.isEmpty()) {
      return message
          .next("name a cell that is compared with this baseline, such as " + list(others))
          .build();
    }
    List<String> all =
        names(request.suites().stream().flatMap(suite -> compared(request.profile(), suite)));
    return message
        .next(
            "a filter must match a whole name; near are "
                + String.join(", ", CellFilter.nearest(request.filters(), all, NEAR))
                + "; run './run-benchmarks.sh plan --profile "
                + request.profile()
                + "' for the names of its cells")
        .build();
  }

  private static List<String> names(Stream<Cell> cells) {
    return cells.map(Cell::name).distinct().toList();
  }

  private static String list(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NEAR, names.size())));
    return names.size() > NEAR ? first + " and " + (names.size() - NEAR) + " more" : first;
  }

  private static Stream<Comparison> comparisons(Profile profile, Suite suite) {
    return suite.groups(profile).stream().flatMap(group -> group.comparisons().stream());
  }

  /** The cells of a suite that a profile compares, without the baselines. */
  private static Stream<Cell> compared(Profile profile, Suite suite) {
    return suite == Suite.LOAD
        ? LoadSuite.arms(profile).stream().map(Arm::cell)
        : comparisons(profile, suite).flatMap(comparison -> comparison.cells().stream());
  }

  /** A copy without the unavailable cells that preflight found. The rest keeps its order. */
  public static Plan without(Plan plan, List<UnavailableCell> found) {
    Set<String> names = new LinkedHashSet<>(found.stream().map(UnavailableCell::cell).toList());
    Set<Cell> cells = new LinkedHashSet<>();
    for (Panel panel : plan.panels()) {
      panel.arms().stream()
          .map(Arm::cell)
          .filter(cell -> names.contains(cell.name()))
          .forEach(cells::add);
    }
    plan.load().stream()
        .flatMap(load -> load.arms().stream())
        .map(Arm::cell)
        .filter(cell -> names.contains(cell.name()))
        .forEach(cells::add);
    List<Panel> panels = plan.panels().stream().flatMap(p -> p.without(cells).stream()).toList();
    List<UnavailableCell> unavailable = new ArrayList<>(plan.unavailable());
    unavailable.addAll(found);
    Optional<LoadPanel> load = plan.load().flatMap(rates -> rates.without(cells));
    Set<String> left = new LinkedHashSet<>(panels.stream().map(Panel::name).toList());
    load.ifPresent(rates -> left.add(LoadPanel.NAME));
    List<PlannedFork> forks =
        plan.forks().stream().filter(fork -> left.contains(fork.panel())).toList();
    return new Plan(
        plan.schema(),
        plan.profile(),
        plan.seed(),
        panels,
        load,
        forks,
        unavailable,
        plan.confidence(),
        expected(panels, load, forks),
        plan.budget());
  }

  /** The arms that a filter matches, always with their plaintext baseline. */
  private static Optional<LoadPanel> load(
      Request request, Map<Cell, String> known, Map<Cell, String> unavailable) {
    if (!request.suites().contains(Suite.LOAD)) {
      return Optional.empty();
    }
    List<Arm> all = LoadSuite.arms(request.profile());
    List<Arm> arms =
        all.stream()
            .filter(arm -> !arm.cell().mode().isEncrypted() || matches(request, arm.cell()))
            .toList();
    if (all.stream().noneMatch(arm -> matches(request, arm.cell()))) {
      return Optional.empty();
    }
    LoadPanel panel =
        LoadPanel.of(
            arms,
            LoadSuite.loadAmount(request.profile()),
            Suite.LOAD.warmUp(request.profile()),
            request.latencyBound(),
            request.processes());
    arms.stream()
        .map(Arm::cell)
        .filter(known::containsKey)
        .forEach(cell -> unavailable.put(cell, known.getOrDefault(cell, "")));
    return panel.without(unavailable.keySet());
  }

  private static boolean matches(Request request, Cell cell) {
    return request.filters().isEmpty()
        || request.filters().stream().anyMatch(filter -> filter.matches(cell));
  }

  private static Optional<Panel> panel(
      Request request,
      ComparisonGroup group,
      Map<Cell, String> known,
      Map<Cell, String> unavailable) {
    List<Comparison> comparisons =
        group.comparisons().stream()
            .flatMap(comparison -> CellFilter.apply(request.filters(), comparison).stream())
            .toList();
    if (comparisons.isEmpty()) {
      return Optional.empty();
    }
    Profile.Amount amount = group.amount();
    Panel panel =
        Panel.of(
                comparisons,
                comparisons.get(0).baseline().operation().plantedNanos(),
                amount.forks(),
                amount.warmupCycles(),
                amount.cycles())
            .named(group.name(), group.title())
            .warmedFor(warmUp(request.profile(), group.suite(), comparisons));
    Map<Cell, String> impossible = new LinkedHashMap<>();
    for (Arm arm : panel.arms()) {
      String reason = arm.cell().impossible();
      if (reason == null) {
        reason = known.get(arm.cell());
      }
      if (reason != null) {
        impossible.put(arm.cell(), reason);
      }
    }
    unavailable.putAll(impossible);
    return panel.without(impossible.keySet());
  }

  /** Warm-up time; longer where the JIT compiles code of more than two providers. */
  private static Duration warmUp(Profile profile, Suite suite, List<Comparison> comparisons) {
    long providers =
        comparisons.stream()
            .flatMap(
                comparison ->
                    Stream.concat(Stream.of(comparison.baseline()), comparison.cells().stream()))
            .flatMap(cell -> cell.tls().stream())
            .map(Cell.Tls::provider)
            .distinct()
            .count();
    Duration warmUp = suite.warmUp(profile);
    return warmUp.plus(warmUp.dividedBy(3).multipliedBy(Math.max(0, providers - 2)));
  }

  /**
   * The forks in rounds. In each round every due panel gets a fork, in random order, so that drift
   * of the machine affects all panels alike. All forks of a round have the same rotation, so that
   * servers start once.
   */
  private static List<PlannedFork> order(
      List<Panel> panels, Optional<LoadPanel> load, long seed, List<String> jvms) {
    Random random = new Random(seed);
    List<PlannedFork> forks = new ArrayList<>();
    for (List<Panel> due : rounds(panels)) {
      Collections.shuffle(due, random);
      // Forks with the same servers are neighbours, so that the servers start once a round and
      // never idle beside another fork.
      boolean milvusFirst = random.nextBoolean();
      due.sort(
          Comparator.comparing((Panel panel) -> panel.suite().needsMilvus() != milvusFirst)
              .thenComparing(panel -> Plan.serverRoles(panels, panel).toString()));
      for (Panel panel : due) {
        long earlier = forks.stream().filter(f -> f.panel().equals(panel.name())).count();
        int rotation = (int) (earlier / (1 + jvms.size()) % roles(panels, panel));
        List<Optional<String>> homes = new ArrayList<>(List.of(Optional.empty()));
        jvms.forEach(jvm -> homes.add(Optional.of(jvm)));
        Collections.shuffle(homes, random);
        for (Optional<String> jvm : homes) {
          forks.add(
              new PlannedFork(
                  forks.size(), panel.suite(), panel.name(), rotation, random.nextLong(), jvm));
        }
      }
    }
    load.ifPresent(rates -> loadForks(rates, random, forks));
    return List.copyOf(forks);
  }

  private static int roles(List<Panel> panels, Panel panel) {
    return Math.max(1, Plan.serverRoles(panels, panel).size());
  }

  /**
   * The due panels of each round. A panel's forks are spread evenly, each in a round with its
   * rotation: the round's number modulo the number of servers.
   */
  private static List<List<Panel>> rounds(List<Panel> panels) {
    int roles = panels.stream().mapToInt(panel -> roles(panels, panel)).max().orElse(1);
    int most = panels.stream().mapToInt(Panel::forks).max().orElse(0);
    List<List<Panel>> rounds = new ArrayList<>();
    while (rounds.size() < most || rounds.size() % roles != 0) {
      rounds.add(new ArrayList<>());
    }
    for (Panel panel : panels) {
      int own = roles(panels, panel);
      for (int fork = 0; fork < panel.forks(); fork++) {
        int earliest = fork * rounds.size() / panel.forks();
        int wait = Math.floorMod(fork - earliest, own);
        rounds.get(Math.min(earliest + wait, rounds.size() - 1)).add(panel);
      }
    }
    return rounds;
  }

  /**
   * Adds the forks of suite {@code load} last, because an overloaded server could disturb other
   * suites.
   */
  private static void loadForks(LoadPanel load, Random random, List<PlannedFork> forks) {
    int roles = load.serverRoles().size();
    for (int fork = 0; fork < load.forks(); fork++) {
      forks.add(
          new PlannedFork(
              forks.size(),
              Suite.LOAD,
              LoadPanel.NAME,
              fork % roles,
              random.nextLong(),
              Optional.empty()));
    }
  }

  /** Expected time of the measuring part, from the nominal cost of each cell. */
  private static Duration expected(
      List<Panel> panels, Optional<LoadPanel> load, List<PlannedFork> forks) {
    Map<String, Duration> ofFork = new HashMap<>();
    panels.forEach(panel -> ofFork.put(panel.name(), expectedFork(panel)));
    load.ifPresent(rates -> ofFork.put(LoadPanel.NAME, rates.expectedFork()));
    Duration total = load.map(LoadPanel::expectedSearch).orElse(Duration.ZERO);
    String running = "";
    for (PlannedFork fork : forks) {
      total = total.plus(ofFork.getOrDefault(fork.panel(), Duration.ZERO));
      String needed = servers(panels, load, fork);
      if (!needed.isEmpty() && !needed.equals(running)) {
        total = total.plus(SERVER_RESTART);
      }
      running = needed;
    }
    return Duration.ofSeconds(total.toSeconds());
  }

  /** Key of the servers of a fork; empty for one in memory. */
  private static String servers(List<Panel> panels, Optional<LoadPanel> load, PlannedFork fork) {
    List<String> roles =
        fork.suite() == Suite.LOAD
            ? load.orElseThrow().serverRoles()
            : panels.stream()
                .filter(panel -> panel.name().equals(fork.panel()))
                .findFirst()
                .map(panel -> Plan.serverRoles(panels, panel))
                .orElseThrow();
    return roles.isEmpty() ? "" : roles + "/" + fork.rotation();
  }

  /** Expected time of one fork of a panel, with the start of its JVM. */
  public static Duration expectedFork(Panel panel) {
    return FORK_OVERHEAD.plusNanos(panel.cycleNanos() * (panel.warmupCycles() + panel.cycles()));
  }
}
