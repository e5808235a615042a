package org.milvustls.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * {@code report} and {@code compare} as a person runs them on folders that are not as they should
 * be. The sound folder is a stored run of profile smoke: two forks of each panel, too few for
 * verdicts.
 */
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class BadRunFolderTest {
  private static final Path SOUND =
      Path.of("src", "test", "resources", "org", "milvustls", "bench", "cli", "smoke");

  @TempDir Path temp;
  private Path run = Path.of("");

  private record Result(int code, String out, String err) {}

  @BeforeEach
  void copy() throws IOException {
    run = Files.createDirectories(temp.resolve("results/run"));
    for (String file : new String[] {"plan.json", "environment.json", "measurements.jsonl"}) {
      Files.copy(SOUND.resolve(file), run.resolve(file));
    }
  }

  private static Result execute(Object... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(said, true, UTF_8));
      System.setErr(new PrintStream(told, true, UTF_8));
      String[] words = new String[arguments.length];
      for (int i = 0; i < words.length; i++) {
        words[i] = arguments[i].toString();
      }
      int code = RunBenchmarks.execute(words);
      return new Result(code, said.toString(UTF_8), told.toString(UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private void change(String file, UnaryOperator<String> change) throws IOException {
    Path path = run.resolve(file);
    Files.writeString(path, change.apply(Files.readString(path)));
  }

  /** A page was written, and nothing in it was invented or is the text of an exception. */
  private String page() throws IOException {
    Result result = execute("report", run);
    assertThat(result.code()).as(result.err()).isZero();
    String page =
        Files.readString(run.resolve("report.html")).replaceAll("(?s)<script>.*?</script>", "");
    for (String text :
        new String[] {page, Files.readString(run.resolve("report.md")), result.out()}) {
      assertThat(text).doesNotContain("NaN", "Infinity", "Exception", "null,");
    }
    return page;
  }

  private static void assertTold(Result result, String... words) {
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).contains(words).contains("next: ").doesNotContain("Exception");
    assertThat(result.out()).isEmpty();
  }

  @Nested
  class Report {
    @Test
    void draws_the_sound_run_and_lists_it() throws IOException {
      assertThat(page()).contains("<h2 id=\"answers-title\">Answers</h2>");
      assertThat(Files.readString(run.resolveSibling("index.html")))
          .contains("<a href=\"run/report.html\">run</a>");
    }

    @Test
    void leaves_an_index_alone_that_somebody_else_wrote() throws IOException {
      Files.writeString(run.resolveSibling("index.html"), "mine");
      page();
      assertThat(run.resolveSibling("index.html")).hasContent("mine");
    }

    @Test
    void refuses_a_folder_that_is_no_run() {
      assertTold(execute("report", temp), "not a run folder: it has no plan.json");
    }

    @Test
    void refuses_a_newer_schema() throws IOException {
      change("plan.json", text -> text.replaceFirst("\"schema\" : 1", "\"schema\" : 9"));
      assertTold(execute("report", run), "written by a newer version", "'9'");
    }

    @Test
    void refuses_a_plan_that_is_none() throws IOException {
      change("plan.json", text -> "{}");
      assertTold(execute("report", run), "cannot read plan.json", "'{}'");
    }

    @Test
    void refuses_bytes_that_are_no_text() throws IOException {
      Files.write(run.resolve("measurements.jsonl"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
      assertTold(execute("report", run), "measurements.jsonl", "bytes that are no UTF-8 text");
    }

    @Test
    void names_a_damaged_line() throws IOException {
      change("measurements.jsonl", text -> text.replaceFirst("\n", "\nnonsense\n"));
      assertTold(execute("report", run), "measurements.jsonl line 2", "nonsense");
    }

    @Test
    void tells_of_a_cut_last_line() throws IOException {
      Files.writeString(
          run.resolve("measurements.jsonl"), "{\"schema\":1,\"fo", StandardOpenOption.APPEND);
      assertThat(page()).contains("the last line of measurements.jsonl is cut");
    }

    @Test
    void has_a_page_for_a_run_without_any_line() throws IOException {
      Files.delete(run.resolve("measurements.jsonl"));
      Files.delete(run.resolve("environment.json"));
      assertThat(page())
          .contains("Nothing to calculate with")
          .contains("the environment was not recorded")
          .contains("0 of 6 forks");
    }

    @Test
    void has_a_page_for_one_fork() throws IOException {
      change("measurements.jsonl", text -> text.substring(0, text.indexOf('\n') + 1));
      assertThat(page())
          .contains("No verdicts: there are too few forks to judge a control by.")
          .contains("Not measured.");
    }

    @Test
    void makes_a_failed_try_of_a_line_that_is_not_a_number() throws IOException {
      change(
          "measurements.jsonl",
          text -> text.replaceFirst("\"cpuNanos\":[0-9.E]+", "\"cpuNanos\":\"NaN\""));
      assertThat(page()).contains("cannot be used: CPU or heap is not a number");
    }

    @Test
    void makes_a_failed_try_of_a_fork_that_the_plan_does_not_have() throws IOException {
      change("measurements.jsonl", text -> text.replaceFirst("\"fork\":\\d+", "\"fork\":77"));
      assertThat(page()).contains("cannot be used: the plan has no such fork");
    }

    @Test
    void says_that_something_is_wrong_with_forks_that_agree_to_the_last_digit() throws IOException {
      change(
          "measurements.jsonl",
          text -> {
            String first =
                text.lines().filter(l -> l.contains("HANDSHAKE")).findFirst().orElseThrow();
            StringBuilder forks = new StringBuilder();
            for (int fork = 0; fork < 3; fork++) {
              forks.append(first.replaceFirst("\"fork\":\\d+", "\"fork\":" + fork)).append('\n');
            }
            return forks.toString();
          });
      change(
          "plan.json",
          text ->
              text.replaceAll(
                  "(?s)\"suite\" : \"(?:CONNECT|SEARCH)\",\\s+\"panel\" : \"\\w+\"(?=,\\s+\"rotation\")",
                  "\"suite\" : \"HANDSHAKE\", \"panel\" : \"handshake\""));
      assertThat(page()).contains("forks agree to the last digit, which no clock does");
    }

    @Test
    void shows_markup_in_names_as_text() throws IOException {
      change(
          "environment.json",
          text -> text.replaceFirst("\"cpu\" : \"[^\"]*\"", "\"cpu\" : \"<b onclick=x>CPU</b>\""));
      assertThat(page()).contains("&lt;b onclick=x&gt;CPU&lt;/b&gt;").doesNotContain("<b onclick");
    }
  }

  @Nested
  class Compare {
    @Test
    void refuses_what_is_no_run() {
      assertTold(execute("compare", run, temp), "not a run folder");
    }

    @Test
    void refuses_runs_without_anything_in_common() throws IOException {
      Path other = Files.createDirectories(temp.resolve("results/empty"));
      Files.copy(run.resolve("plan.json"), other.resolve("plan.json"));
      assertTold(
          execute("compare", run, other), "no measured comparison in common", "run and empty");
    }

    @Test
    void has_no_answer_when_no_change_has_a_verdict() {
      Result result = execute("compare", run, run);
      assertThat(result.code()).isEqualTo(3);
      assertThat(result.out())
          .contains("Nothing that was recorded differs")
          .contains("too few forks")
          .contains("Nothing was comparable");
    }

    @Test
    void prints_json_and_markdown() {
      assertThat(execute("compare", "--json", run, run).out())
          .contains("\"schema\" : 1", "\"outcome\" : \"NO_VERDICT\"");
      assertThat(execute("compare", "--markdown", run, run).out())
          .contains("## What the comparison can mean", "| no verdict |");
    }

    @Test
    void refuses_a_threshold_that_is_none() {
      Result result = execute("compare", "--threshold", "-1", run, run);
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).contains("--threshold is no usable percentage").contains("above 0");
    }
  }
}
