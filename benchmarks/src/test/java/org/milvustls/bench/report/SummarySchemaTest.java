package org.milvustls.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.bench.result.Measurement;
import org.milvustls.bench.result.RunFolder;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.scenario.Plan;

/** Every {@code summary.json} keeps what its JSON Schema promises to programs. */
class SummarySchemaTest {
  @TempDir Path temp;

  private static List<Error> violations(RunFolder folder) throws IOException {
    try (InputStream stored =
        Objects.requireNonNull(Summary.class.getResourceAsStream("summary.schema.json"))) {
      Schema schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(
                  new String(stored.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
      return schema.validate(
          Files.readString(folder.root().resolve("summary.json")), InputFormat.JSON);
    }
  }

  private RunFolder written(List<Measurement> lines) {
    RunFolder folder = SampleRun.write(temp.resolve("run"), SampleRun.plan(), lines);
    Reports.write(folder);
    return folder;
  }

  @Test
  void of_a_complete_run() throws IOException {
    assertThat(violations(written(new SampleRun().measurements(SampleRun.plan())))).isEmpty();
  }

  @Test
  void of_an_interrupted_run_with_a_failed_try() throws IOException {
    Plan plan = SampleRun.plan();
    List<Measurement> some = new SampleRun().measurements(plan).subList(1, 4);
    List<Measurement> lines =
        new ArrayList<>(List.of(SampleRun.failed(plan.forks().get(0), "died")));
    lines.addAll(some);
    assertThat(violations(written(lines))).isEmpty();
  }

  @Test
  void of_a_run_without_any_fork() throws IOException {
    assertThat(violations(written(List.of()))).isEmpty();
  }

  @Test
  void and_what_is_none_is_told() throws IOException {
    RunFolder folder = written(List.of());
    Path file = folder.root().resolve("summary.json");
    Files.writeString(file, Files.readString(file).replace("\"NO_CONTROL\"", "\"WHATEVER\""));
    assertThat(violations(folder)).singleElement().asString().contains("gate");
  }
}
