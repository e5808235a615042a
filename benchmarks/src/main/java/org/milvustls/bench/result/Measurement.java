package org.milvustls.bench.result;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.tls.NegotiatedSession;

/**
 * One line of {@code measurements.jsonl}: one try of one fork, good or failed.
 *
 * @param schema {@link #SCHEMA} of the writer
 * @param fork index in the plan's order
 * @param attempt 1 for the first try
 * @param suite of its panel
 * @param panel name of the panel of the plan
 * @param rotation assignment of data copies to servers: role r had copy (r + rotation) mod roles
 * @param started wall clock when the fork's JVM was started
 * @param took duration by the monotonic clock, which no clock step affects
 * @param failure why this try does not count; absent for a good one
 * @param warmupCycles number of leading entries of each arm's cycles that are warm-up
 * @param arms one entry for each arm of the panel; empty in a failed try
 * @param servers the Milvus servers that took part
 * @param jvm version and flags of the fork's JVM
 * @param collections garbage collections while cycles ran
 * @param loadAverage 1-minute load average of the machine at the end, where readable
 * @param load measurement of a fork of suite {@code load}, in place of arms
 * @param phases parts of {@code took}; absent in a failed try and before version 5
 */
public record Measurement(
    int schema,
    int fork,
    int attempt,
    Suite suite,
    String panel,
    int rotation,
    Instant started,
    Duration took,
    Optional<String> failure,
    int warmupCycles,
    List<ArmMeasurement> arms,
    List<ServerUse> servers,
    String jvm,
    Collections collections,
    Optional<Double> loadAverage,
    Optional<LoadMeasurement> load,
    Optional<Phases> phases) {

  /** Version of this record. Readers refuse a newer one. */
  public static final int SCHEMA = 1;

  /**
   * The measurement of one arm in one fork. All times are in ns.
   *
   * @param arm name of the arm
   * @param cell name of its cell
   * @param kind measured, control, planted or paused
   * @param cycleMedians median of each cycle's burst, in order, warm-up included
   * @param cycleMeans mean of each cycle's burst, in the same order; unlike medians, means show
   *     garbage collections
   * @param firstCalls the first operation of each burst, straight after another arm, in the same
   *     order
   * @param histogram all operations after warm-up, leading ones left out: HdrHistogram, 3 digits,
   *     compressed, Base64
   * @param operations how many are in the histogram
   * @param parts medians of each cycle of named parts of the operation, such as {@code server} (the
   *     peer's side of a handshake)
   * @param cpuNanos client CPU for each operation, after warm-up: the calling thread and the arm's
   *     event loop; in memory, the calling thread while it works for the client
   * @param serverCpuNanos server CPU for each operation, after warm-up, where readable: its process
   *     without the idle share; in memory, the calling thread while it works for the server
   * @param allocatedBytes Java heap of the client for each operation, without native memory; after
   *     warm-up
   * @param serverAllocatedBytes Java heap of the server for each operation in memory; after warm-up
   * @param nativeBytes native memory of the client for one open session, freed with the session;
   *     absent where not known
   * @param negotiated session parameters at the check of this arm; absent in plaintext
   * @param wire bytes of one checked operation, where a tap could count them
   */
  public record ArmMeasurement(
      String arm,
      String cell,
      Arm.Kind kind,
      List<Long> cycleMedians,
      List<Long> cycleMeans,
      List<Long> firstCalls,
      String histogram,
      long operations,
      Map<String, List<Long>> parts,
      double cpuNanos,
      Optional<Double> serverCpuNanos,
      double allocatedBytes,
      Optional<Double> serverAllocatedBytes,
      Optional<Double> nativeBytes,
      Optional<NegotiatedSession> negotiated,
      Optional<Wire> wire) {
    public ArmMeasurement {
      Objects.requireNonNull(arm, "arm");
      Objects.requireNonNull(cell, "cell");
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(histogram, "histogram");
      cycleMedians = List.copyOf(cycleMedians);
      cycleMeans = List.copyOf(cycleMeans);
      firstCalls = List.copyOf(firstCalls);
      parts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }
  }

  /**
   * Bytes on the wire, as the client sees them.
   *
   * @param sent bytes from the client
   * @param received bytes from the server
   */
  public record Wire(long sent, long received) {}

  /**
   * One server during one fork.
   *
   * @param role such as {@code off-control}
   * @param kind embedded, container or external
   * @param version as the server reports it
   * @param dataCopy which copy of the data it served, on our own servers
   * @param idleCpuShare share of one core that it used before the fork, where readable
   * @param calls operations that the fork sent to it
   */
  public record ServerUse(
      String role,
      String kind,
      String version,
      Optional<Integer> dataCopy,
      Optional<Double> idleCpuShare,
      long calls) {}

  /**
   * The phases of one try, by monotonic clocks.
   *
   * @param servers time until the fork's servers answered; zero when they still ran
   * @param jvm start and end of the fork's JVM, and the work of JMH around it
   * @param work phases that the fork's JVM reports
   */
  public record Phases(Duration servers, Duration jvm, Work work) {
    public Phases {
      Objects.requireNonNull(servers, "servers");
      Objects.requireNonNull(jvm, "jvm");
      Objects.requireNonNull(work, "work");
    }

    Phases plus(Phases other) {
      return new Phases(servers.plus(other.servers), jvm.plus(other.jvm), work.plus(other.work));
    }
  }

  /**
   * The phases inside a fork's JVM.
   *
   * @param opening connecting and checking every arm, watching the idle servers
   * @param warmUp operations that are stored but not used
   * @param measuring counted operations, those of controls and fillers too
   */
  public record Work(Duration opening, Duration warmUp, Duration measuring) {
    public Work {
      Objects.requireNonNull(opening, "opening");
      Objects.requireNonNull(warmUp, "warmUp");
      Objects.requireNonNull(measuring, "measuring");
    }

    /** From readings of {@link System#nanoTime()} at the start and at the end of each part. */
    public static Work between(long begin, long open, long warm, long measured) {
      return new Work(
          Duration.ofNanos(open - begin),
          Duration.ofNanos(warm - open),
          Duration.ofNanos(measured - warm));
    }

    Work plus(Work other) {
      return new Work(
          opening.plus(other.opening), warmUp.plus(other.warmUp), measuring.plus(other.measuring));
    }

    /** The sum of all parts. */
    public Duration total() {
      return opening.plus(warmUp).plus(measuring);
    }
  }

  /**
   * Garbage collections.
   *
   * @param count how many
   * @param millis time in them
   */
  public record Collections(long count, long millis) {}

  public Measurement {
    Objects.requireNonNull(suite, "suite");
    Objects.requireNonNull(panel, "panel");
    Objects.requireNonNull(started, "started");
    Objects.requireNonNull(took, "took");
    Objects.requireNonNull(failure, "failure");
    Objects.requireNonNull(jvm, "jvm");
    Objects.requireNonNull(collections, "collections");
    Objects.requireNonNull(load, "load");
    Objects.requireNonNull(phases, "phases");
    arms = List.copyOf(arms);
    servers = List.copyOf(servers);
  }

  /** A fork without load data and phase timings. */
  public Measurement(
      int schema,
      int fork,
      int attempt,
      Suite suite,
      String panel,
      int rotation,
      Instant started,
      Duration took,
      Optional<String> failure,
      int warmupCycles,
      List<ArmMeasurement> arms,
      List<ServerUse> servers,
      String jvm,
      Collections collections,
      Optional<Double> loadAverage) {
    this(
        schema,
        fork,
        attempt,
        suite,
        panel,
        rotation,
        started,
        took,
        failure,
        warmupCycles,
        arms,
        servers,
        jvm,
        collections,
        loadAverage,
        Optional.empty(),
        Optional.empty());
  }

  /** Whether this try counts. */
  public boolean succeeded() {
    return failure.isEmpty();
  }
}
