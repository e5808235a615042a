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
 * @param rotation which server got which data copy: role r had copy (r + rotation) mod roles
 * @param started wall clock when the fork's JVM was started
 * @param took by the monotonic clock, so that a stepped wall clock does no harm
 * @param failure why this try counts for nothing; absent for a good one
 * @param warmupCycles so many leading entries of each arm's cycles are warm-up
 * @param arms one entry for each arm of the panel; empty in a failed try
 * @param servers the Milvus servers that took part
 * @param jvm version and flags of the fork's JVM
 * @param collections garbage collections while cycles ran
 * @param loadAverage 1-minute load average of the machine at the end, where readable
 * @param load what a fork of suite {@code load} measured in place of arms
 * @param phases what {@code took} was spent on; absent in a failed try and before version 5
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
   * What one arm did in one fork. All times are in ns.
   *
   * @param arm name of the arm
   * @param cell name of its cell
   * @param kind measured, control, planted or paused
   * @param cycleMedians median of each cycle's burst, in order, warm-up included
   * @param cycleMeans mean of each cycle's burst, in the same order: medians hide collections
   * @param firstCalls the first operation of each burst, straight after another arm, in the same
   *     order
   * @param histogram all operations after warm-up, leading ones left out: HdrHistogram, 3 digits,
   *     compressed, Base64
   * @param operations how many are in the histogram
   * @param parts medians of each cycle of named parts of the operation, such as {@code server} (the
   *     peer's side of a handshake)
   * @param cpuNanos client CPU for each operation: the calling thread and the arm's event loop, in
   *     memory the calling thread while it works for the client; after warm-up
   * @param serverCpuNanos server CPU for each operation, where readable: of its process without the
   *     idle share, in memory of the calling thread while it works for the server; after warm-up
   * @param allocatedBytes Java heap of the client for each operation, without native memory; after
   *     warm-up
   * @param serverAllocatedBytes Java heap of the server for each operation in memory; after warm-up
   * @param nativeBytes native memory that the client holds for one open session, freed when it is
   *     released; absent where that is not known
   * @param negotiated what was seen when the fork checked this arm; absent in plaintext
   * @param wire what crossed the wire in one checked operation, where a tap could count it
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
   * @param version as the server says it
   * @param dataCopy which copy of the data it served, where we own it
   * @param idleCpuShare share of one core that it took before the fork, where readable
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
   * What the time of one try was spent on, by monotonic clocks.
   *
   * @param servers until the servers that the fork needs answered: nothing when they still ran
   * @param jvm start and end of the fork's JVM, and what JMH does around it
   * @param work what the fork's JVM says of itself
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
   * What a fork's JVM spent its time on.
   *
   * @param opening connecting and checking every arm, watching the idle servers
   * @param warmUp operations that are stored and not used
   * @param measuring operations that count, those of controls and fillers too
   */
  public record Work(Duration opening, Duration warmUp, Duration measuring) {
    public Work {
      Objects.requireNonNull(opening, "opening");
      Objects.requireNonNull(warmUp, "warmUp");
      Objects.requireNonNull(measuring, "measuring");
    }

    /** Of readings of {@link System#nanoTime()}: at its begin, and at the end of each part. */
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

    /** All together. */
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
