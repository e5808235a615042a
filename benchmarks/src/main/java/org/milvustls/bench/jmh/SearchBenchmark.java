package org.milvustls.bench.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.milvustls.bench.scenario.ChainMemory;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.workload.CollectionLoader;
import org.milvustls.bench.workload.CollectionSpec;
import org.milvustls.bench.workload.Workload;
import org.milvustls.bench.workload.Workloads;
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
 * A search over an open connection under plain JMH, on a collection that each fork loads and drops.
 * Answers must equal those of the first connection. The check takes a few microseconds of the
 * score.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class SearchBenchmark {
  @Param({"SEARCH"})
  public Operation operation = Operation.SEARCH;

  @Param("10000")
  public int vectors;

  @Param("128")
  public int dimension;

  @SuppressWarnings("NullAway.Init") // JMH calls the set-up first
  private CollectionSpec collection;

  @SuppressWarnings("NullAway.Init") // JMH calls the set-up first
  private Path answers;

  @SuppressWarnings("NullAway.Init") // JMH calls the set-up first
  private Workload workload;

  @Setup(Level.Trial)
  public void load(Axes axes, Milvus milvus) throws IOException {
    answers = Files.createTempFile("milvus-tls-answers", ".json");
    collection =
        new CollectionSpec(
            "milvus_tls_jmh_" + ProcessHandle.current().pid(),
            vectors,
            dimension,
            1,
            Optional.empty());
    collection =
        CollectionLoader.load(milvus.endpoint(), milvus.credentials(), collection, answers);
    workload =
        Workloads.open(
            axes.cell(operation, milvus.mode, ChainMemory.SEEN),
            milvus.mode.id(),
            milvus.target(
                operation.dataset().map(data -> Map.of(data, collection)).orElse(Map.of())));
    workload.observe();
  }

  @Benchmark
  public long search() {
    return workload.perform();
  }

  @TearDown(Level.Trial)
  public void drop(Milvus milvus) throws IOException {
    try {
      workload.close();
    } finally {
      CollectionLoader.drop(milvus.endpoint(), milvus.credentials(), collection);
      Files.deleteIfExists(answers);
    }
  }
}
