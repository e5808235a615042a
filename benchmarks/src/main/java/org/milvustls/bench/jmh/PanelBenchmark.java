package org.milvustls.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.milvustls.bench.workload.ForkSession;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Runs one fork of a run: an iteration is one cycle. The score of the cycle has no meaning and is
 * ignored. {@link ArmProfiler} passes one result for each arm to JMH, and the side file contains
 * all measurements.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PanelBenchmark {
  @SuppressWarnings("NullAway.Init") // JMH calls the set-up first
  private ForkSession session;

  @Setup(Level.Trial)
  public void openAndWarmUp() {
    session = ForkSession.open();
    session.warmUp();
  }

  @Benchmark
  public void cycle() {
    session.cycle();
  }

  @TearDown(Level.Iteration)
  public void flush() {
    session.flush();
    ArmProfiler.publish(session.lastMedians());
  }

  @TearDown(Level.Trial)
  public void close() {
    session.close();
    ForkExit.whenMainEnds();
  }
}
