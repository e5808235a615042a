package org.milvustls.cli;

import java.util.Map;
import java.util.Optional;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code milvus-tls}. */
@Command(
    name = MilvusTls.NAME,
    description = "TLS for Milvus: certificates, configuration, servers, clients, monitoring.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = MilvusTls.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CertsCommand.class,
      ConfigCommand.class,
      UpCommand.class,
      ConnectCommand.class,
      SearchCommand.class,
      ScanCommand.class,
      MonitorCommand.class,
      MilvusTls.Completion.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:yes, healthy, done",
      "1:the answer is no: a finding, a failed connection",
      "2:wrong usage",
      "3:could not be done",
      "130:interrupted"
    },
    footerHeading = "%nExample:%n",
    footer = "  milvus-tls certs init --host milvus.example.org --client search")
public final class MilvusTls implements Runnable {
  static final String NAME = "milvus-tls";

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  private boolean debug;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    quietLogs();
    System.exit(forTerminal(commandLine(), System.getenv()).execute(args));
  }

  /** Fits help to the width and the colours of the terminal. */
  static CommandLine forTerminal(CommandLine command, Map<String, String> environment) {
    boolean plain =
        "dumb".equals(environment.get("TERM"))
            || !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return command
        .setColorScheme(CommandLine.Help.defaultColorScheme(plain ? Ansi.OFF : Ansi.AUTO))
        .setUsageHelpAutoWidth(true);
  }

  /** The command with its error handling; writes to the standard streams by default. */
  static CommandLine commandLine() {
    ErrorPrinter errors = new ErrorPrinter();
    return new CommandLine(new MilvusTls())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors);
  }

  /**
   * Sets log levels: warnings and errors of libraries, and progress of this project, to stderr. -D
   * overrides both.
   */
  private static void quietLogs() {
    String simple = "org.slf4j.simpleLogger.";
    Map.of(
            "defaultLogLevel", "warn",
            "log.org.milvustls", "info",
            "log.org.testcontainers", "off",
            "log.tc", "off",
            "log.com.github.dockerjava", "off",
            // The SDK logs the failure of a call and also throws it.
            "log.io.milvus", "off",
            "showThreadName", "false",
            "showLogName", "false")
        .forEach((key, value) -> System.getProperties().putIfAbsent(simple + key, value));
  }

  static boolean debug(CommandLine command) {
    CommandLine root = command;
    while (root.getParent() != null) {
      root = root.getParent();
    }
    return root.getCommand() instanceof MilvusTls top && top.debug;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** The version from the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version =
          Optional.ofNullable(MilvusTls.class.getPackage().getImplementationVersion())
              .orElse("development build");
      return new String[] {NAME + " " + version, "JDK " + Runtime.version()};
    }
  }

  /** Prints a completion script for bash and zsh. */
  @Command(
      name = "completion",
      description = "Prints a completion script for bash and zsh.",
      footer = "  source <(milvus-tls completion)")
  static final class Completion implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
      CommandLine root = spec.root().commandLine();
      root.getOut().print(AutoComplete.bash(NAME, root));
      root.getOut().flush();
    }
  }
}
