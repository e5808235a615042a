package org.milvustls.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetListTest {
  private final Path folder;

  TargetListTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path list(String text) throws IOException {
    return Files.writeString(folder.resolve("targets.yaml"), text);
  }

  @Test
  void is_read_with_paths_beside_it_and_thresholds_of_its_own() throws Exception {
    TargetList read =
        TargetList.read(
            list(
                """
                warning: 20%
                critical: 7d
                targets:
                  - path: server.pem
                  - endpoint: localhost:19530
                    ca: ca.pem
                    mutual: true
                  - path: certs
                    endpoint: "[::1]:19530"
                    server-name: localhost
                """));

    assertThat(read.targets())
        .extracting(MonitorTarget::name)
        .containsExactly(
            folder.resolve("server.pem").toString(),
            "localhost:19530",
            folder.resolve("certs") + "@[::1]:19530 as localhost");
    assertThat(read.targets().get(1).listener().orElseThrow().mutual()).isTrue();
    assertThat(read.critical()).contains(Threshold.of("7d"));
  }

  @Test
  void says_what_is_wrong_in_it() {
    assertThatThrownBy(() -> TargetList.read(list("targets: []")))
        .hasMessageContaining("the list has no targets");
    assertThatThrownBy(() -> TargetList.read(list("targets:\n  - pathh: x")))
        .hasMessageContaining("an unknown key: 'pathh'; allowed: ca, cert, endpoint");
    assertThatThrownBy(() -> TargetList.read(list("targets:\n  - endpoint: x")))
        .hasMessageContaining("not a listener: 'x'; allowed: HOST:PORT");
    assertThatThrownBy(() -> TargetList.read(list("targets: [{endpoint: 'a:1', mutual: yes}]")))
        .hasMessageContaining("mutual is neither true nor false: 'yes'; allowed: true, false");
    assertThatThrownBy(() -> TargetList.read(list("targets: [{path: certs, mutual: true}]")))
        .hasMessageContaining("a key of a listener at a target that has none: 'mutual'");
    assertThatThrownBy(() -> TargetList.read(folder.resolve("none.yaml")))
        .hasMessageStartingWith(
            "cannot read (no such file): '" + folder.resolve("none.yaml") + "'");
    assertThatThrownBy(() -> TargetList.read(list("a: [")))
        .hasMessageContaining("the list of targets cannot be read");
  }
}
