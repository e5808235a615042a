package org.milvustls.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class TerminalTest {
  private static String help(Map<String, String> environment) {
    return new Terminal(environment).fit(new CommandLine(new RunBenchmarks())).getUsageMessage();
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "132, 132", "20, 55"})
  void the_width_is_what_the_environment_says_but_not_too_narrow_for_help(
      String columns, int width) {
    Terminal terminal = new Terminal(Map.of("COLUMNS", columns));

    assertThat(terminal.columns()).isEqualTo(width);
    assertThat(help(Map.of("COLUMNS", columns)).lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
  }

  @Test
  void a_width_that_is_no_number_is_left_out() {
    assertThat(new Terminal(Map.of("COLUMNS", "wide")).columns()).isGreaterThanOrEqualTo(55);
  }

  @Test
  void a_dumb_terminal_has_no_colours_and_no_bar() {
    CommandLine dumb =
        new Terminal(Map.of("TERM", "dumb")).fit(new CommandLine(new RunBenchmarks()));

    assertThat(dumb.getColorScheme().ansi()).isEqualTo(Ansi.OFF);
    assertThat(new Terminal(Map.of("TERM", "dumb")).showsProgress()).isFalse();
  }
}
