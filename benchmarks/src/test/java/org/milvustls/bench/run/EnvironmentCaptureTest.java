package org.milvustls.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.bench.result.Environment.Load;
import org.milvustls.bench.result.Environment.Machine;
import oshi.SystemInfo;

class EnvironmentCaptureTest {
  @TempDir Path root;

  @Test
  void files_that_are_missing_leave_their_fields_out() {
    Machine machine = machine();

    assertThat(machine.cpuFlags()).isEmpty();
    assertThat(machine.governor()).isEmpty();
    assertThat(machine.virtualMachine()).isEmpty();
    assertThat(machine.containerLimits()).isEmpty();
    assertThat(machine.tcpTwReuse()).isEmpty();
    assertThat(machine.cores()).isPositive();
  }

  @Test
  void flags_that_decide_about_ciphers_are_picked() throws IOException {
    file("proc/cpuinfo", "flags\t\t: fpu aes avx2 hypervisor pclmulqdq\n");

    assertThat(machine().cpuFlags()).containsExactly("aes", "pclmulqdq", "avx2");
    assertThat(machine().virtualMachine()).contains("unnamed");
  }

  @Test
  void limits_of_control_groups_of_version_2_are_read() throws IOException {
    file("sys/fs/cgroup/cpu.max", "150000 100000\n");
    file("sys/fs/cgroup/memory.max", "max\n");

    assertThat(machine().containerLimits()).containsExactly("cpu.max 150000 100000");
  }

  @Test
  void limits_of_control_groups_of_version_1_are_read() throws IOException {
    file("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
    file("sys/fs/cgroup/memory/memory.limit_in_bytes", "4294967296\n");

    assertThat(machine().containerLimits()).containsExactly("memory.limit_in_bytes 4294967296");
  }

  @Test
  void no_limit_of_version_1_is_no_limit() throws IOException {
    file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");

    assertThat(machine().containerLimits()).isEmpty();
  }

  @Test
  void what_spoils_a_run_is_warned_of() {
    Machine machine = machine(2, Optional.of("powersave"));
    Load load = new Load(Optional.of(3.0), Optional.of(0.5), 0.02, 5_000_000);

    assertThat(EnvironmentCapture.warnings(machine, load))
        .containsExactly(
            "only 2 cores: client, server and the system share them, so intervals are wider",
            "other load: 50 % of all cores were busy before the run",
            "the frequency governor is powersave, not performance",
            "the hypervisor has taken 2.0 % of the time since boot (steal)",
            "swap is in use: 5 MB");
  }

  @Test
  void a_quiet_machine_is_not_warned_of() {
    Machine machine = machine(8, Optional.of("performance"));
    Load load = new Load(Optional.empty(), Optional.of(0.05), 0, 0);

    assertThat(EnvironmentCapture.warnings(machine, load)).isEmpty();
  }

  private Machine machine() {
    return new EnvironmentCapture(root, new SystemInfo()).machine();
  }

  private static Machine machine(int cores, Optional<String> governor) {
    return new Machine(
        "cpu",
        List.of(),
        cores,
        1,
        "Linux",
        "6",
        governor,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private void file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
