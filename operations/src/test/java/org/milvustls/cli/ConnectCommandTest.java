package org.milvustls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.tls.FakePeer;
import org.milvustls.tls.TestPki;

class ConnectCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return MilvusTls.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  @Test
  void a_failed_connection_is_an_answer_and_not_an_error() {
    try (FakePeer peer = FakePeer.tls(TestPki.named("Cli").server("localhost"))) {
      int exit = run("connect", "--port", Integer.toString(peer.port()), "--provider", "jdk");
      assertThat(exit).isEqualTo(1);
      assertThat(out.toString())
          .contains("settings        ok      server-authenticated TLS to localhost:")
          .contains("TCP             ok      connected to 127.0.0.1")
          .contains("TLS             FAILED  The server's certificate 'CN=server,O=milvus-tls'")
          .contains("                        next: name the CA that issued")
          .contains("first call      -       not reached");
      assertThat(err.toString()).isEmpty();
    }
  }

  @Test
  void reports_as_json() throws Exception {
    try (FakePeer peer = FakePeer.closing()) {
      int exit = run("connect", "--port", Integer.toString(peer.port()), "--json");
      JsonNode json = new ObjectMapper().readTree(out.toString());
      assertThat(exit).isEqualTo(1);
      assertThat(json.get("connected").asBoolean()).isFalse();
      assertThat(json.get("failedStep").asText()).isEqualTo("TLS");
      assertThat(json.get("steps")).hasSize(7);
      assertThat(json.get("steps").get(3).get("next").asText()).contains("log of the server");
    }
  }

  @Test
  void a_wrong_option_is_an_error_of_usage() {
    assertThat(run("connect", "--tls", "yes")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("milvus-tls: unknown TLS mode: 'yes'; allowed: off, server, mutual");
  }

  /** One of them reads the environment, the other the file; both JVMs start at once. */
  @Test
  void a_wrong_value_of_the_environment_or_of_its_file_is_an_error_of_usage(
      @TempDir Path folder, @TempDir Path other) throws Exception {
    ProcessBuilder connect = process(folder, "connect");
    connect.environment().put("MILVUS_PORT", "many");
    Files.writeString(other.resolve(".env"), "MILVUS_TLS_PROVIDER=openssl\n");
    Process connecting = connect.start();
    Process searching = process(other, "search", "--collection", "docs", "--random").start();
    assertThat(said(connecting)).startsWith("milvus-tls: not a port: 'many'; allowed: 1 to 65535");
    assertThat(connecting.exitValue()).isEqualTo(2);
    assertThat(said(searching)).startsWith("milvus-tls: unknown TLS provider: 'openssl'");
    assertThat(searching.exitValue()).isEqualTo(2);
  }

  private static ProcessBuilder process(Path folder, String... command) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-XX:TieredStopAtLevel=1");
    line.add("-cp");
    line.add(
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> new File(entry).getAbsolutePath())
            .collect(Collectors.joining(File.pathSeparator)));
    line.add(MilvusTls.class.getName());
    line.addAll(List.of(command));
    return new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
  }

  private static String said(Process process) throws Exception {
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return said;
  }
}
