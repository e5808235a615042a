package org.milvustls.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.TlsMode;

/** What servers are made of, without a server. */
class ServerPartsTest {
  @Nested
  class A_log {
    @Test
    void tells_by_its_first_panic_and_by_what_the_listener_says() {
      List<String> log =
          List.of(
              "[2026/01/01 00:00:00.000 +00:00] [INFO] [proxy/service.go:300] [\"starting\"]",
              "[2026/01/01 00:00:00.000 +00:00] [WARN] [rootcoord/x.go:1] [\"not of interest\"]",
              "[2026/01/01 00:00:00.000 +00:00] [WARN] [proxy/service.go:321] [\"no creds\"]",
              "panic: open /x.key: no such file or directory",
              "goroutine 1 [running]:",
              "panic: a second one");
      assertThat(ServerLog.tellingLines(log)).containsExactly(log.get(2), log.get(3));
    }

    @Test
    void tells_by_its_end_when_nothing_else_does() {
      assertThat(ServerLog.tellingLines(List.of("1", "2", "3", "4", "5", "6", "7", "8")))
          .containsExactly("3", "4", "5", "6", "7", "8");
    }

    @Test
    void the_next_step_fits_what_the_log_says() {
      assertThat(ServerLog.nextStep(List.of("panic: failed to create WAL"), TlsMode.SERVER))
          .isEqualTo("free some space where its data is, 500 MB at least");
      assertThat(ServerLog.nextStep(List.of("panic: open server.pem"), TlsMode.SERVER))
          .startsWith("see that the certificate files are readable");
      assertThat(ServerLog.nextStep(List.of("killed"), TlsMode.OFF)).contains("memory");
    }

    @Test
    void that_is_not_there_yet_is_empty(@TempDir Path folder) {
      assertThat(ServerLog.read(folder.resolve("none.log"))).isEmpty();
    }
  }

  @Nested
  class The_cache_folder {
    @Test
    void is_the_users_unless_the_environment_says_otherwise(@TempDir Path folder) {
      String home = folder.toString();
      Path cache = folder.resolve(".cache/milvus-tls");
      assertThat(CacheFolder.find(Map.of(), home)).contains(cache);
      assertThat(CacheFolder.find(Map.of("XDG_CACHE_HOME", "/var/c"), home))
          .contains(Path.of("/var/c/milvus-tls"));
      assertThat(CacheFolder.find(Map.of("XDG_CACHE_HOME", "relative"), home)).contains(cache);
      assertThat(
              CacheFolder.find(
                  Map.of("XDG_CACHE_HOME", "/var/c", CacheFolder.OVERRIDE, "/data/m"), home))
          .contains(Path.of("/data/m"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "", "/nonexistent", "relative"})
    void of_a_user_that_the_system_does_not_list_is_in_home(String home, @TempDir Path folder) {
      assertThat(CacheFolder.find(Map.of("HOME", folder.toString()), home))
          .contains(folder.resolve(".cache/milvus-tls"));
      assertThat(CacheFolder.find(Map.of(), home)).isEmpty();
      assertThat(CacheFolder.find(Map.of("HOME", "/nonexistent"), home)).isEmpty();
    }
  }

  @Nested
  class The_runtime_folder {
    @Test
    void is_made_for_every_user_and_kept(@TempDir Path temp) throws IOException {
      Path folder = temp.resolve("milvus");
      RuntimeFolder runtime = new RuntimeFolder(folder);
      runtime.prepare();
      assertThat((int) Files.getAttribute(folder, "unix:mode") & 07777).isEqualTo(01777);
      Path ours = Files.createFile(folder.resolve("server_id_7"));
      Path other = Files.createFile(folder.resolve("server_id_77"));
      runtime.prepare();
      runtime.forget(7);
      runtime.forget(8);
      assertThat(ours).doesNotExist();
      assertThat(other).exists();
    }

    @Test
    void that_cannot_be_used_is_one_message(@TempDir Path temp) throws IOException {
      Path taken = Files.createFile(temp.resolve("milvus"));
      assertThatThrownBy(() -> new RuntimeFolder(taken).prepare())
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageContaining("belongs to another user of this machine: '" + taken + "'")
          .hasMessageContaining("next: let that user remove it, or share it: chmod 1777 " + taken);
    }
  }

  @Nested
  class Ports {
    @Test
    void of_two_servers_are_never_the_same(@TempDir Path cache) {
      try (PortBlock one = PortBlock.take(cache);
          PortBlock two = PortBlock.take(cache)) {
        assertThat(one.port(0)).isNotEqualTo(two.port(0));
        assertThat(Math.abs(one.port(0) - two.port(0))).isGreaterThanOrEqualTo(20);
      }
    }

    @Test
    void fill_the_template_of_the_package(@TempDir Path cache) {
      try (PortBlock block = PortBlock.take(cache)) {
        String template =
            """
              ip: # if not specified
              port: {{ proxy_port(int): 19530 }}
              internalPort: {{ proxy_internal_port(int): 19529 }}
              path: {{ rocksmq_data_dir }}
              level: {{ etcd_log_level: info }} # a comment
            """;
        assertThat(EmbeddedConfig.render(template, Path.of("/d"), new EmbeddedPorts(4711, block)))
            .isEqualTo(
                """
                  ip: 127.0.0.1 # if not specified
                  port: 4711
                  internalPort: %d
                  path: /d/data/rocksmq
                  level: info # a comment
                """
                    .formatted(block.port(5)));
      }
    }
  }

  @Nested
  class A_process {
    @Test
    void ends_with_the_pipe_that_its_watcher_holds(@TempDir Path folder) throws Exception {
      Process shell =
          new ProcessBuilder("/bin/sh", "-c", ServerProcess.WATCHED, "x", "sleep", "3600").start();
      shell.getOutputStream().close();
      assertThat(shell.waitFor(5, TimeUnit.MINUTES)).as("the shell was killed").isTrue();
      assertThat(shell.exitValue()).isEqualTo(128 + 9);
    }

    @Test
    void is_identified_by_more_than_its_pid() {
      ProcessIdentity self = ProcessIdentity.ofThisJvm();
      assertThat(ProcessIdentity.parse(self.toString())).isEqualTo(self);
      assertThat(self.hasEnded()).isFalse();
      assertThat(new ProcessIdentity(self.host(), self.pid(), 1).hasEnded()).isTrue();
      assertThat(new ProcessIdentity("elsewhere", self.pid(), 1).hasEnded()).isFalse();
      assertThat(ProcessIdentity.parse("garbage").hasEnded()).isFalse();
    }

    @Test
    void that_does_not_end_in_time_is_killed() {
      assertThatThrownBy(() -> CommandRun.of(List.of("sleep", "60"), Duration.ofMillis(50)))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageContaining("a command did not end within");
      assertThatThrownBy(() -> CommandRun.of(List.of("no-such-command"), Duration.ofSeconds(1)))
          .isInstanceOf(IOException.class);
    }
  }

  @Nested
  class A_request {
    @Test
    void for_tls_without_files_is_refused() {
      assertThatThrownBy(() -> ServerRequest.builder(TlsMode.SERVER).build())
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageContaining("a Milvus server in TLS mode server needs a certificate");
    }

    @Test
    void for_an_unknown_kind_lists_the_kinds() {
      assertThatThrownBy(() -> ServerKind.of("docker"))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessage(
              "unknown server kind: 'docker'; allowed: auto, embedded, container, external");
    }

    @Test
    void for_an_external_server_where_nothing_listens_says_so(@TempDir Path cache) {
      try (PortBlock block = PortBlock.take(cache)) {
        ServerRequest request =
            ServerRequest.builder(TlsMode.OFF).external("127.0.0.1", block.port(0)).build();
        assertThatThrownBy(() -> MilvusServers.start(request))
            .isInstanceOf(MilvusTlsException.class)
            .hasMessageContaining(
                "nothing accepts connections at the external Milvus: '127.0.0.1:"
                    + block.port(0)
                    + "'");
      }
    }
  }
}
