package org.milvustls.bench.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.milvustls.bench.report.Reports;
import org.milvustls.bench.result.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Draws the report of a run again from the stored measurements.",
    footer = {"", "Example: ./run-benchmarks.sh report results/quick-20260101-120000"})
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN_DIR", description = "A run folder, also of an interrupted run.")
  private Path folder = Path.of(".");

  @Override
  public Integer call() {
    RunFolder run = RunFolder.open(folder);
    System.out.println(Reports.console(run, Reports.write(run)));
    return 0;
  }
}
