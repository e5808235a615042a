package org.milvustls.bench.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The command {@code run-benchmarks}. Without a subcommand it runs. Exit codes: 0 all cells
 * measured; 1 a cell or a fork failed; 2 wrong usage; 3 not possible; 130 interrupted.
 */
@Command(
    name = "run-benchmarks.sh",
    mixinStandardHelpOptions = true,
    versionProvider = RunBenchmarks.Version.class,
    description = "Measures what TLS costs on Milvus: handshake, connect, search.",
    subcommands = {RunCommand.class, PlanCommand.class, ReportCommand.class, CompareCommand.class},
    footer = {
      "",
      "Without a subcommand it runs: ./run-benchmarks.sh --profile quick",
      "Exit codes: 0 measured, 1 a cell or fork failed, 2 wrong usage, 3 could not be done, 130 interrupted."
    })
public final class RunBenchmarks implements Callable<Integer> {
  static final int ANSWER_NO = 1;
  private static final int USAGE = 2;
  static final int FAILURE = 3;

  @Mixin private final RunOptions run = new RunOptions();

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces of errors.")
  private boolean debug;

  @Override
  public Integer call() {
    return run.execute();
  }

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  static int execute(String... args) {
    RunBenchmarks root = new RunBenchmarks();
    return new Terminal(System.getenv())
        .fit(new CommandLine(root))
        .setExecutionExceptionHandler((e, command, parsed) -> root.explain(e))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(args);
  }

  private int explain(Exception e) {
    if (debug) {
      e.printStackTrace();
    }
    if (e instanceof MilvusTlsException told) {
      System.err.println("run-benchmarks.sh: " + told.getMessage());
      return told.kind() == MilvusTlsException.Kind.USAGE ? USAGE : FAILURE;
    }
    System.err.println("run-benchmarks.sh: " + rootMessage(e));
    System.err.println("  next: run it again with --debug and report what it prints");
    return FAILURE;
  }

  private static @Nullable String rootMessage(Throwable e) {
    return e.getMessage() == null ? e.getClass().getName() : e.getMessage();
  }

  /** Reads the version from the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = RunBenchmarks.class.getPackage().getImplementationVersion();
      return new String[] {"milvus-tls-bench " + (version == null ? "(not packaged)" : version)};
    }
  }
}
