package org.milvustls.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.TlsMode;

class ServerChoiceTest {
  private static ServerChoice choose(ServerRequest.Builder request) {
    return MilvusServers.choose(request.build());
  }

  private static ServerRequest.Builder request() {
    return ServerRequest.builder(TlsMode.OFF).image("milvus-tls/no-such-image:1.0");
  }

  @Test
  void an_external_server_is_named() {
    assertThat(choose(request().external("milvus.test", 19530)).reason())
        .isEqualTo("Using the Milvus at milvus.test:19530, as asked.");
  }

  @Test
  void an_embedded_server_is_named_with_its_version() {
    ServerChoice choice = choose(request().kind(ServerKind.EMBEDDED));
    assumeTrue(choice.isAvailable(), choice.reason());
    assertThat(choice.reason()).isEqualTo("Using embedded Milvus 2.3.5, as asked.");
  }

  @Test
  void the_reason_against_a_container_is_the_reason_for_embedded() {
    Optional<Obstacle> noContainer = DockerEngine.obstacle("milvus-tls/no-such-image:1.0");
    ServerChoice choice = choose(request());
    assumeTrue(choice.isAvailable(), choice.reason());
    assertThat(choice.kind()).contains(ServerKind.EMBEDDED);
    assertThat(choice.reason())
        .isEqualTo("Using embedded Milvus 2.3.5: " + noContainer.orElseThrow().reason() + ".");
  }

  @Test
  void a_container_that_cannot_be_started_is_a_failure_with_reason_and_remedy() {
    ServerRequest.Builder container = request().kind(ServerKind.CONTAINER);
    ServerChoice choice = choose(container);
    assertThat(choice.isAvailable()).isFalse();
    assertThat(choice.reason()).startsWith("A container cannot be started: ").endsWith(".");
    assertThatThrownBy(() -> MilvusServers.start(container.build()))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessage(choice.reason());
  }

  @Test
  void auto_is_a_question_and_not_a_choice() {
    assertThatThrownBy(() -> ServerChoice.of(ServerKind.AUTO, "Using either."))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
