package org.milvustls.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.milvustls.pki.Problem;

/** The tables of docs/monitoring.md say what the code does, and name tests that there are. */
class DocumentedFindingsTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern COMMA = Pattern.compile(", ");
  private static final Path ROOT = root();

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.isDirectory(here.resolve("docs")) ? here : here.resolve("..").normalize();
  }

  /** The rows of the first table below a line, cell by cell, without its head. */
  private static List<List<String>> table(String after) throws IOException {
    return Files.readAllLines(ROOT.resolve("docs/monitoring.md")).stream()
        .dropWhile(line -> !line.startsWith(after))
        .dropWhile(line -> !line.startsWith("|-"))
        .skip(1)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList())
        .toList();
  }

  private static List<String> code(String cell) {
    List<String> found = new ArrayList<>();
    Matcher matcher = CODE.matcher(cell);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /** With a trust anchor, as the table says first. */
  private static Map<String, String> findings() {
    Map<String, String> states = new TreeMap<>();
    for (Problem problem : Problem.values()) {
      if (problem != Problem.EXPIRED && problem != Problem.NOT_YET_VALID) {
        states.put(problem.id(), TargetCheck.stateOf(problem, true).name());
      }
    }
    for (MonitorProblem problem : MonitorProblem.values()) {
      states.put(problem.id(), problem.state().name());
    }
    return states;
  }

  @Test
  void every_state_is_in_the_table_with_its_exit_code() throws Exception {
    Map<String, String> documented = new TreeMap<>();
    for (List<String> row : table("## States")) {
      COMMA.splitAsStream(row.get(0)).forEach(state -> documented.put(state, row.get(2)));
    }
    Map<String, String> real = new TreeMap<>();
    for (State state : State.values()) {
      real.put(state.name(), String.valueOf(state.exitCode()));
    }
    assertThat(documented).isEqualTo(real);
  }

  @Test
  void every_finding_is_in_the_table_with_its_state() throws Exception {
    Map<String, String> documented = new TreeMap<>();
    for (List<String> row : table("| finding")) {
      for (String id : code(row.get(0))) {
        documented.put(id, row.get(1).replaceAll(",.*", ""));
      }
    }
    // It stands with the state of the same name.
    documented.put(MonitorProblem.UNREACHABLE.id(), State.UNREACHABLE.name());
    assertThat(documented).isEqualTo(findings());
  }

  @Test
  void every_state_and_finding_has_a_test_and_every_test_is_there() throws Exception {
    List<String> proved = new ArrayList<>();
    for (List<String> row : table("## What proves it")) {
      proved.addAll(code(row.get(0)));
      assertThat(code(row.get(1))).as(row.get(0)).isNotEmpty().allSatisfy(this::requireTest);
    }
    assertThat(proved)
        .containsAll(findings().keySet())
        .containsAll(Arrays.stream(State.values()).map(State::name).toList());
  }

  private void requireTest(String name) throws IOException {
    int hash = name.indexOf('#');
    String file = name.substring(0, hash) + ".java";
    List<Path> found = new ArrayList<>();
    for (String module : List.of("support", "operations", "integration-tests")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        files.filter(path -> path.getFileName().toString().equals(file)).forEach(found::add);
      }
    }
    assertThat(found).as(name).hasSize(1);
    assertThat(Files.readString(found.get(0))).contains("void " + name.substring(hash + 1) + "(");
  }
}
