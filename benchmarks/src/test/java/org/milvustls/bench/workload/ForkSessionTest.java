package org.milvustls.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.bench.result.Measurement.ArmMeasurement;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.Comparison;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.tls.TlsMode;

class ForkSessionTest {
  private static final Cell JDK =
      Cell.secured(Operation.HANDSHAKE, TlsMode.SERVER, Cell.Tls.base(ClientProvider.JDK));
  private static final Cell BORINGSSL =
      Cell.secured(Operation.HANDSHAKE, TlsMode.SERVER, Cell.Tls.base(ClientProvider.BORINGSSL));

  @TempDir Path folder;

  private ForkSpec spec(Cell baseline, Cell other) {
    Panel panel =
        Panel.of(
            List.of(new Comparison("c", "q?", baseline, List.of(other), true, 0.02)),
            100_000,
            1,
            1,
            2);
    return new ForkSpec(panel, 7, Target.none(), folder.resolve("side.jsonl"));
  }

  private static void run(ForkSpec spec) {
    try (ForkSession session = ForkSession.open(spec)) {
      session.warmUp();
      for (int i = 0; i < spec.panel().cycles(); i++) {
        session.cycle();
        session.flush();
      }
    }
  }

  @Test
  void leaves_one_line_for_each_cycle_and_the_completion_marker() throws Exception {
    ForkSpec spec = spec(JDK, BORINGSSL);
    run(spec);

    List<String> lines = Files.readAllLines(spec.sideFile());
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).contains("\"cycle\":2").contains(JDK.name() + "#control");
    assertThat(lines.get(2)).startsWith("{\"complete\":");
  }

  @Test
  void measures_every_arm_in_every_cycle() {
    ForkSpec spec = spec(JDK, BORINGSSL);
    run(spec);
    SideFile.Outcome outcome = SideFile.read(spec.sideFile());

    assertThat(outcome.failure()).isEmpty();
    ForkResult result = outcome.result().orElseThrow();
    assertThat(result.arms())
        .extracting(ArmMeasurement::arm)
        .containsExactlyElementsOf(spec.panel().arms().stream().map(Arm::name).toList());
    assertThat(result.arms()).allSatisfy(ForkSessionTest::isWhole);
    assertThat(result.idleCpuShares()).isEmpty();
  }

  private static void isWhole(ArmMeasurement arm) {
    assertThat(arm.cycleMedians()).hasSize(3).allSatisfy(m -> assertThat(m).isPositive());
    assertThat(arm.cycleMeans()).hasSize(3);
    assertThat(arm.firstCalls()).hasSize(3);
    assertThat(arm.operations()).isEqualTo(2L * 20);
    assertThat(arm.parts().get("server")).hasSize(3);
    assertThat(arm.cpuNanos()).isPositive();
    assertThat(arm.allocatedBytes()).isPositive();
    assertThat(arm.negotiated()).isPresent();
    assertThat(arm.wire()).isPresent();
  }

  @Test
  void says_why_it_could_not_be_opened() {
    Cell noServer = Cell.plaintext(Operation.CONNECT);
    ForkSpec spec =
        spec(
            noServer,
            Cell.secured(Operation.CONNECT, TlsMode.SERVER, Cell.Tls.base(ClientProvider.JDK)));

    assertThatThrownBy(() -> ForkSession.open(spec))
        .hasMessageContaining("there is no Milvus in this role");
    SideFile.Outcome outcome = SideFile.read(spec.sideFile());
    assertThat(outcome.result()).isEmpty();
    assertThat(outcome.failure().orElseThrow())
        .contains("there is no Milvus in this role")
        .contains("'off'");
  }

  @Test
  void a_fork_that_was_cut_off_has_neither_result_nor_reason() {
    ForkSpec spec = spec(JDK, BORINGSSL);
    ForkSession session = ForkSession.open(spec);
    session.cycle();
    session.flush();

    assertThat(SideFile.read(spec.sideFile()))
        .isEqualTo(new SideFile.Outcome(Optional.empty(), Optional.empty()));
    session.close();
    assertThat(SideFile.read(spec.sideFile()).result()).isPresent();
  }
}
