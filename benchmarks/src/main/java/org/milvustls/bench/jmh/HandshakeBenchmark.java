package org.milvustls.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.milvustls.bench.scenario.ChainMemory;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.workload.Target;
import org.milvustls.bench.workload.Workload;
import org.milvustls.bench.workload.Workloads;
import org.milvustls.tls.TlsMode;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A full handshake in memory under plain JMH. The score is the time of both sides together. The
 * secondary results are the nanoseconds of the client's side and the number of handshakes; their
 * quotient is the client's time. For a comparison with intervals, use run-benchmarks.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class HandshakeBenchmark {
  @Param({"SERVER"})
  public TlsMode mode = TlsMode.SERVER;

  @Param({"SEEN", "UNSEEN"})
  public ChainMemory chain = ChainMemory.SEEN;

  @SuppressWarnings("NullAway.Init") // JMH calls the set-up first
  private Workload workload;

  /** Sums of an iteration. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Shares {
    public long clientNanos;
    public long handshakes;
  }

  @Setup(Level.Trial)
  public void open(Axes axes) {
    workload =
        Workloads.open(axes.cell(Operation.HANDSHAKE, mode, chain), mode.id(), Target.none());
    workload.observe();
  }

  @Benchmark
  public long handshake(Shares shares) {
    long client = workload.perform();
    shares.clientNanos += client;
    shares.handshakes++;
    return client;
  }

  @TearDown(Level.Trial)
  public void close() {
    workload.close();
  }
}
