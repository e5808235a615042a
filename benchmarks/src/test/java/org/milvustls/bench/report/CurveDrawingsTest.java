package org.milvustls.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.bench.result.RunFolder;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Profile;

class CurveDrawingsTest {
  @TempDir Path root;

  @Test
  void a_run_with_payloads_and_distances_has_their_curves_and_the_steps_of_connections()
      throws Exception {
    Charts.assumeDrawn();
    Plan plan = SampleRun.planOfPaths();
    RunFolder folder =
        SampleRun.write(root.resolve("matrix"), plan, new SampleRun().measurements(plan));

    Summary summary = Reports.write(folder);

    assertThat(root.resolve("matrix/charts")).isDirectoryContaining("glob:**/payload.svg");
    assertThat(root.resolve("matrix/charts")).isDirectoryContaining("glob:**/round-trip.svg");
    assertThat(root.resolve("matrix/charts")).isDirectoryContaining("glob:**/connect-parts.svg");
    String page = Files.readString(root.resolve("matrix/report.html"));
    assertThat(page)
        .contains("Cost against payload", "Cost against round-trip time", "Steps of a connection")
        .contains("TCP's own handshake ends at the relay")
        .doesNotContain("too few payloads", "Cold start: the first connection");
    assertThat(summary.cells())
        .filteredOn(cell -> cell.arm().equals("connect/off"))
        .first()
        .satisfies(
            cell -> assertThat(cell.partNanos().keySet()).containsExactly("tcp", "http2", "rpc"));
  }

  @Test
  void a_quick_run_says_what_it_has_not() throws Exception {
    SampleRun.write(root.resolve(Profile.QUICK.id()));
    Reports.write(RunFolder.open(root.resolve(Profile.QUICK.id())));

    assertThat(root.resolve("quick/charts")).isDirectoryNotContaining("glob:**/payload.svg");
    assertThat(Files.readString(root.resolve("quick/report.html")))
        .contains("too few payloads for a curve", "Profiles full and matrix measure it");
  }
}
