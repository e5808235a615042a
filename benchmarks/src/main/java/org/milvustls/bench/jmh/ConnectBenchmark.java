package org.milvustls.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.milvustls.bench.scenario.ChainMemory;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.workload.Workload;
import org.milvustls.bench.workload.Workloads;
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
 * A new connection to a running Milvus and its first RPC under plain JMH. The score includes
 * closing. The secondary results are the nanoseconds up to the answer and the number of
 * connections; their quotient is the time of a connection.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class ConnectBenchmark {
  /** Our channel, or the SDK as shipped. */
  @Param({"CONNECT"})
  public Operation operation = Operation.CONNECT;

  @SuppressWarnings("NullAway.Init") // JMH calls the set-up first
  private Workload workload;

  /** Sums of an iteration. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Shares {
    public long connectNanos;
    public long connections;
  }

  @Setup(Level.Trial)
  public void open(Axes axes, Milvus milvus) {
    workload =
        Workloads.open(
            axes.cell(operation, milvus.mode, ChainMemory.SEEN),
            milvus.mode.id(),
            milvus.target(java.util.Map.of()));
    workload.observe();
  }

  @Benchmark
  public long connect(Shares shares) {
    long nanos = workload.perform();
    shares.connectNanos += nanos;
    shares.connections++;
    return nanos;
  }

  @TearDown(Level.Trial)
  public void close() {
    workload.close();
  }
}
