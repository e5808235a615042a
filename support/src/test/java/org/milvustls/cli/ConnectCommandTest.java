package org.milvustls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
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
}
