package org.milvustls.bench.cli;

import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The terminal that the command prints to: how wide it is and what it can show. */
final class Terminal {
  /** Set by run-benchmarks.sh when stderr is a terminal, which Java 17 cannot tell. */
  private static final String IS_TERMINAL = "milvustls.terminal";

  /** The least that picocli takes. */
  private static final int NARROWEST = 55;

  private final Map<String, String> environment;

  Terminal(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Fits help into the width, without colours where the terminal has none. */
  CommandLine fit(CommandLine command) {
    given().ifPresentOrElse(command::setUsageHelpWidth, () -> command.setUsageHelpAutoWidth(true));
    return isDumb()
        ? command.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        : command;
  }

  /** Whether a line of stderr can be written over. */
  boolean showsProgress() {
    return Boolean.getBoolean(IS_TERMINAL) && !isDumb();
  }

  /** As the environment says, then as the terminal says, whatever stdin is. */
  int columns() {
    return given().orElseGet(() -> new UsageMessageSpec().autoWidth(true).width());
  }

  private boolean isDumb() {
    return "dumb".equals(environment.get("TERM"));
  }

  private Optional<Integer> given() {
    return Optional.ofNullable(environment.get("COLUMNS"))
        .filter(columns -> columns.matches("[1-9]\\d{0,3}"))
        .map(columns -> Math.max(NARROWEST, Integer.parseInt(columns)));
  }
}
