package org.milvustls.bench.report;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.milvustls.bench.result.Environment;
import org.milvustls.bench.result.Measurement;
import org.milvustls.bench.result.Measurement.ArmMeasurement;
import org.milvustls.bench.result.RunFolder;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ChainMemory;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Plan.PlannedFork;
import org.milvustls.bench.scenario.Planner;
import org.milvustls.bench.scenario.Profile;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.tls.NegotiatedSession;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;

/**
 * A run that was never made: costs as a prototype saw them, noise of a fixed seed. The same numbers
 * on every machine.
 */
final class SampleRun {
  private static final long SEED = 42;
  static final double OTHER_JVM = 0.9;
  private static final double FORK_NOISE = 0.003;
  private static final double CYCLE_NOISE = 0.02;
  private static final double OPERATION_NOISE = 0.1;

  private final Random random = new Random(SEED);
  private final Map<String, Double> bias = new HashMap<>();
  private final Map<String, Double> later = new HashMap<>();

  /** What only profile matrix measures, of the suites connect and search. */
  static Plan planOfPaths() {
    return Planner.plan(
        new Planner.Request(
            Profile.MATRIX, EnumSet.of(Suite.CONNECT, Suite.SEARCH), List.of(), SEED, List.of()),
        Map.of());
  }

  /** A quick plan of all suites. */
  static Plan plan() {
    return Planner.plan(
        new Planner.Request(Profile.QUICK, Profile.QUICK.suites(), List.of(), SEED, List.of()),
        Map.of());
  }

  /** A quick plan of handshakes. */
  static Plan planOfHandshakes() {
    return Planner.plan(
        new Planner.Request(Profile.QUICK, EnumSet.of(Suite.HANDSHAKE), List.of(), SEED, List.of()),
        Map.of());
  }

  /** A quick plan of handshakes on two JVMs; the other one takes {@link #OTHER_JVM} of the time. */
  static Plan planOfTwoJvms() {
    return Planner.plan(
        new Planner.Request(
            Profile.QUICK, EnumSet.of(Suite.HANDSHAKE), List.of(), SEED, List.of("/other")),
        Map.of());
  }

  /** Multiplies every time of an arm by a factor. */
  SampleRun slow(String arm, double factor) {
    bias.put(arm, factor);
    return this;
  }

  /** Multiplies every time of an arm by a factor, in the second half of each fork. */
  SampleRun moving(String arm, double factor) {
    later.put(arm, factor);
    return this;
  }

  /** A folder in which every fork of the plan succeeded. */
  static RunFolder write(Path root) {
    return write(root, plan(), new SampleRun().measurements(plan()));
  }

  static RunFolder write(Path root, Plan plan, List<Measurement> lines) {
    RunFolder folder = RunFolder.create(root);
    folder.writePlan(plan);
    folder.writeEnvironment(environment());
    lines.forEach(folder::append);
    return folder;
  }

  List<Measurement> measurements(Plan plan) {
    return plan.forks().stream().map(fork -> measurement(plan, fork)).toList();
  }

  Measurement measurement(Plan plan, PlannedFork fork) {
    Panel panel = plan.panel(fork.panel());
    return new Measurement(
        Measurement.SCHEMA,
        fork.index(),
        1,
        fork.suite(),
        fork.panel(),
        fork.rotation(),
        Instant.parse("2026-01-01T00:00:00Z").plusSeconds(20L * fork.index()),
        Duration.ofSeconds(18),
        Optional.empty(),
        panel.warmupCycles(),
        panel.arms().stream().map(arm -> arm(panel, arm, fork)).toList(),
        List.of(),
        fork.jvm().isPresent() ? "25.0.1" : "17.0.15",
        new Measurement.Collections(12, 80),
        Optional.of(1.2),
        Optional.empty(),
        Optional.of(
            new Measurement.Phases(
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                new Measurement.Work(
                    Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(10)))));
  }

  /** A try that failed. */
  static Measurement failed(PlannedFork fork, String reason) {
    return new Measurement(
        Measurement.SCHEMA,
        fork.index(),
        1,
        fork.suite(),
        fork.panel(),
        fork.rotation(),
        Instant.parse("2026-01-01T00:00:00Z"),
        Duration.ofSeconds(3),
        Optional.of(reason),
        3,
        List.of(),
        List.of(),
        "17.0.15",
        new Measurement.Collections(0, 0),
        Optional.empty());
  }

  /** A line that says it is good and holds nothing. */
  static Measurement withoutArms(Measurement line) {
    return withArms(line, List.of());
  }

  private static Measurement withArms(Measurement line, List<ArmMeasurement> arms) {
    return new Measurement(
        line.schema(),
        line.fork(),
        line.attempt(),
        line.suite(),
        line.panel(),
        line.rotation(),
        line.started(),
        line.took(),
        line.failure(),
        line.warmupCycles(),
        arms,
        line.servers(),
        line.jvm(),
        line.collections(),
        line.loadAverage(),
        line.load(),
        line.phases());
  }

  private ArmMeasurement arm(Panel panel, Arm arm, PlannedFork fork) {
    double copy =
        panel.suite().needsMilvus()
            ? 1 + 0.01 * ((arm.serverRole().length() + fork.rotation()) % 3)
            : 1;
    double level =
        nanos(arm.cell())
            * bias.getOrDefault(arm.name(), 1.0)
            * copy
            * (fork.jvm().isPresent() ? OTHER_JVM : 1)
            * Math.exp(FORK_NOISE * random.nextGaussian());
    int cycles = panel.warmupCycles() + panel.cycles();
    List<Long> medians = new ArrayList<>();
    List<Long> means = new ArrayList<>();
    List<Long> first = new ArrayList<>();
    List<Long> peers = new ArrayList<>();
    Histogram operations = new Histogram(3);
    for (int cycle = 0; cycle < cycles; cycle++) {
      double warming = 1 + 2 * Math.exp(-cycle);
      double noise = Math.exp(CYCLE_NOISE * random.nextGaussian());
      double moved =
          cycle < panel.warmupCycles() + panel.cycles() / 2
              ? 1
              : later.getOrDefault(arm.name(), 1.0);
      double now = level * warming * noise * moved + arm.countedNanos();
      medians.add((long) now);
      means.add((long) (now * 1.04));
      first.add((long) (now * 1.25));
      peers.add((long) (now * 0.6));
      for (int i = 0; i < arm.cell().operation().burst() && cycle >= panel.warmupCycles(); i++) {
        operations.recordValue((long) (now * Math.exp(OPERATION_NOISE * random.nextGaussian())));
      }
    }
    return new ArmMeasurement(
        arm.name(),
        arm.cell().name(),
        arm.kind(),
        medians,
        means,
        first,
        encoded(operations),
        operations.getTotalCount(),
        parts(arm.cell(), peers),
        level * 0.7,
        Optional.of(level * 0.5),
        panel.suite() == Suite.SEARCH ? 40_000 : 200_000,
        panel.suite().needsMilvus() ? Optional.empty() : Optional.of(150_000.0),
        panel.suite().needsMilvus() || arm.kind() != Arm.Kind.MEASURED
            ? Optional.empty()
            : Optional.of(6_820.0),
        arm.cell().tls().map(SampleRun::session),
        wire(arm.cell()));
  }

  private static Map<String, List<Long>> parts(Cell cell, List<Long> peers) {
    Map<String, List<Long>> parts = new LinkedHashMap<>();
    if (cell.operation() == Operation.HANDSHAKE) {
      parts.put("server", peers);
    } else if (cell.operation() == Operation.CONNECT) {
      parts.put("tcp", peers.stream().map(nanos -> nanos / 10).toList());
      cell.tls().ifPresent(tls -> parts.put("tls", peers));
      parts.put("http2", peers.stream().map(nanos -> nanos / 6).toList());
      parts.put("rpc", peers.stream().map(nanos -> nanos / 4).toList());
    }
    return parts;
  }

  private static Optional<Measurement.Wire> wire(Cell cell) {
    long vectors =
        switch (cell.operation()) {
          case SEARCH_10_VECTORS -> 10 * 128;
          case SEARCH_VECTORS -> 100 * 128;
          case SEARCH_VECTORS_768 -> 100 * 768;
          case SEARCH_VECTORS_1536 -> 100 * 1536;
          default -> 0;
        };
    return Optional.of(new Measurement.Wire(348, 1322 + 4 * vectors));
  }

  /** Medians that a prototype saw, in ns. */
  private static double nanos(Cell cell) {
    double waits = cell.tls().isPresent() ? 3 : 2;
    double bytes = wire(cell).map(wire -> wire.received() - 1322).orElse(0L);
    return near(cell) + waits * cell.operation().roundTrip().toNanos() + 20 * bytes;
  }

  private static double near(Cell cell) {
    if (cell.tls().isEmpty()) {
      return cell.suite() == Suite.CONNECT ? 1_700_000 : 2_000_000;
    }
    Cell.Tls tls = cell.tls().orElseThrow();
    boolean jdk = tls.provider() == ClientProvider.JDK;
    double mutual = cell.mode() == TlsMode.MUTUAL ? 1.2 : 1;
    if (cell.operation() == Operation.CONNECT_SDK) {
      return 11_600_000;
    }
    return switch (cell.suite()) {
      case HANDSHAKE ->
          tls.chain() == ChainMemory.UNSEEN
              ? (jdk ? 3_270_000 : 1_480_000)
              : (jdk ? 2_100_000 : 350_000) * (tls.protocol() == TlsProtocol.TLS_1_2 ? 0.9 : 1);
      case CONNECT -> (jdk ? 5_000_000 : 3_500_000) * mutual;
      case SEARCH, LOAD -> jdk ? 2_120_000 : 2_010_000;
    };
  }

  private static NegotiatedSession session(Cell.Tls tls) {
    return new NegotiatedSession(
        tls.provider() == ClientProvider.JDK ? "JDK 17.0.15 SunJSSE" : "BoringSSL (netty-tcnative)",
        tls.protocol() == TlsProtocol.TLS_1_3 ? "TLSv1.3" : "TLSv1.2",
        tls.ianaCipherSuite(),
        Optional.of("x25519"),
        Optional.of(false),
        false,
        Optional.of("h2"),
        Optional.of("EC secp256r1"));
  }

  static String encoded(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  private static Environment environment() {
    return new Environment(
        Environment.SCHEMA,
        new Environment.Machine(
            "Sample CPU",
            List.of("aes", "avx2"),
            2,
            8L << 30,
            "Linux 1",
            "6.1",
            Optional.empty(),
            Optional.of("KVM"),
            List.of(),
            Optional.of("2")),
        new Environment.Jvm("OpenJDK 64-Bit Server VM", "17.0.15", Map.of()),
        Map.of("jmh", "1.37"),
        Optional.of("embedded v2.3.5-lite"),
        Map.of("QUERYCOORD_CHECKSEGMENTINTERVAL", "100"),
        List.of(new Environment.Searched(10_000, 128, "IVF_FLAT, L2, nprobe 10", 100, 0.987)),
        Optional.of(Duration.ofSeconds(21)),
        new Environment.Load(Optional.of(0.5), Optional.of(0.02), 0.001, 0),
        Optional.empty(),
        List.of("only 2 cores: client, server and the system share them"));
  }
}
