package org.milvustls.bench.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Measures and writes results/<run-id>/; the default.",
    footer = {"", "Example: ./run-benchmarks.sh run --profile smoke --suite handshake"})
final class RunCommand implements Callable<Integer> {
  @Mixin private final RunOptions run = new RunOptions();

  @Override
  public Integer call() {
    return run.execute();
  }
}
