package org.milvustls.bench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.report.RunComparison;
import org.milvustls.bench.result.Json;
import org.milvustls.bench.result.RunFolder;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "Says what changed between two runs, by ratios to the baseline of their own run.",
    footer = {
      "",
      "Example: ./run-benchmarks.sh compare results/quick-20260101-120000 results/quick-20260201-120000",
      "Exit codes: 0 no regression shown, 1 a regression, 2 wrong usage, 3 nothing comparable: no",
      "comparison in common, or none with a verdict (failed controls, too few forks)."
    })
final class CompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "BEFORE", description = "The run folder that came first.")
  private Path before = Path.of(".");

  @Parameters(index = "1", paramLabel = "AFTER", description = "The run folder that came later.")
  private Path after = Path.of(".");

  @Option(
      names = "--threshold",
      paramLabel = "PERCENT",
      description = "Change of a ratio that counts as a regression (default: ${DEFAULT-VALUE}).")
  private double threshold = 5;

  @ArgGroup private Format format = new Format();

  /** At most one of them. */
  static final class Format {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--markdown", description = "Print Markdown.")
    private boolean markdown;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    if (!(threshold > 0 && threshold < 1000)) {
      throw MilvusTlsException.usage("--threshold is no usable percentage")
          .seen(threshold)
          .allowed("above 0 and below 1000")
          .build();
    }
    RunComparison comparison =
        RunComparison.of(RunFolder.open(before), RunFolder.open(after), threshold / 100);
    System.out.println(words(comparison));
    if (comparison.regressed()) {
      return RunBenchmarks.ANSWER_NO;
    }
    return comparison.judged() ? 0 : RunBenchmarks.FAILURE;
  }

  private String words(RunComparison comparison) throws JsonProcessingException {
    if (format.json) {
      return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(comparison);
    }
    return format.markdown ? comparison.markdown() : comparison.text();
  }
}
