package org.milvustls.bench.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The terminal of the command: its width and its abilities. */
final class Terminal {
  /** Set by run-benchmarks.sh when stderr is a terminal, which Java 17 cannot detect. */
  private static final String IS_TERMINAL = "milvustls.terminal";

  /** The smallest width that picocli accepts. */
  private static final int NARROWEST = 55;

  private final Map<String, String> environment;

  Terminal(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Fits help into the width, without colours on a terminal without them. */
  CommandLine fit(CommandLine command) {
    command.setUsageHelpWidth(columns());
    return isDumb()
        ? command.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        : command;
  }

  /** Whether a line of stderr can be overwritten. */
  boolean showsProgress() {
    return Boolean.getBoolean(IS_TERMINAL) && !isDumb();
  }

  /** The width from the environment, otherwise from the terminal, whatever stdin is. */
  int columns() {
    return Optional.ofNullable(environment.get("COLUMNS"))
        .flatMap(Terminal::width)
        .or(Terminal::ofTheTerminal)
        .orElse(UsageMessageSpec.DEFAULT_USAGE_WIDTH);
  }

  private boolean isDumb() {
    return "dumb".equals(environment.get("TERM"));
  }

  private static Optional<Integer> width(String columns) {
    return Optional.of(columns)
        .filter(text -> text.matches("[1-9]\\d{0,3}"))
        .map(text -> Math.max(NARROWEST, Integer.parseInt(text)));
  }

  /** Absent without a terminal, and where there is no {@code stty}. */
  private static Optional<Integer> ofTheTerminal() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader out = stty.inputReader(StandardCharsets.US_ASCII)) {
        return Optional.ofNullable(out.readLine())
            .flatMap(size -> width(size.replaceAll(".* ", "")));
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
