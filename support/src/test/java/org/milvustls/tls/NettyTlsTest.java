package org.milvustls.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.milvustls.MilvusTlsException;

class NettyTlsTest {
  private static TestPki pki;
  private static Identity identity;

  @BeforeAll
  static void issue() {
    pki = TestPki.named("Test");
    identity = pki.server("milvus.test");
  }

  private static TlsSettings.Builder asked(TlsProvider provider) {
    return TlsSettings.builder(TlsMode.SERVER).provider(provider).trust(pki.trust());
  }

  /** JDK 25.0.5 and newer prefer X25519MLKEM768, as BoringSSL does. */
  private boolean hasHybrid(TlsProvider provider) throws Exception {
    try (NettyTls client = NettyTls.client(asked(provider).build());
        NettyTls server = NettyTls.server(ServerTls.of(provider, identity))) {
      return InMemory.handshake(client.newEngine("milvus.test", 19530), server.newServerEngine())
          .clientHello()
          .orElseThrow()
          .keyShares()
          .contains("x25519mlkem768");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "JDK, JDK, TLS_1_2", "JDK, JDK, TLS_1_3", "JDK, BORINGSSL, TLS_1_2",
    "JDK, BORINGSSL, TLS_1_3", "BORINGSSL, JDK, TLS_1_2", "BORINGSSL, JDK, TLS_1_3",
    "BORINGSSL, BORINGSSL, TLS_1_2", "BORINGSSL, BORINGSSL, TLS_1_3"
  })
  void two_engines_agree_on_what_was_asked(
      TlsProvider clientProvider, TlsProvider serverProvider, TlsProtocol protocol)
      throws Exception {
    try (NettyTls client = NettyTls.client(asked(clientProvider).protocols(protocol).build());
        NettyTls server = NettyTls.server(ServerTls.of(serverProvider, identity))) {
      SSLEngine engine = client.newEngine("milvus.test", 19530);
      HandshakeParser wire = InMemory.handshake(engine, server.newServerEngine());
      ServerHello hello = wire.serverHello().orElseThrow();
      assertThat(hello.protocol()).isEqualTo(protocol.jsseName());
      assertThat(hello.cipherSuite()).isEqualTo(engine.getSession().getCipherSuite());
      boolean bothHaveHybrid =
          hasHybrid(clientProvider) && hasHybrid(serverProvider) && protocol == TlsProtocol.TLS_1_3;
      assertThat(hello.namedGroup()).contains(bothHaveHybrid ? "x25519mlkem768" : "x25519");
      assertThat(hello.resumed()).isFalse();
      assertThat(wire.clientHello().orElseThrow().sessionOffered()).isFalse();
      assertThat(wire.clientHello().orElseThrow().alpn()).containsExactly("h2");
      assertThat(wire.clientHello().orElseThrow().serverName()).contains("milvus.test");
      assertThat(engine.getApplicationProtocol()).isEqualTo("h2");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "JDK, JDK, TLS_1_2", "JDK, JDK, TLS_1_3", "JDK, BORINGSSL, TLS_1_2",
    "JDK, BORINGSSL, TLS_1_3", "BORINGSSL, JDK, TLS_1_2", "BORINGSSL, JDK, TLS_1_3",
    "BORINGSSL, BORINGSSL, TLS_1_2", "BORINGSSL, BORINGSSL, TLS_1_3"
  })
  void resumes_each_time_when_asked_and_never_when_not(
      TlsProvider clientProvider, TlsProvider serverProvider, TlsProtocol protocol)
      throws Exception {
    for (Resumption resumption : Resumption.values()) {
      TlsSettings settings =
          asked(clientProvider).protocols(protocol).resumption(resumption).build();
      ServerTls issuing = ServerTls.of(serverProvider, identity).withResumption(Resumption.OFFERED);
      try (NettyTls client = NettyTls.client(settings);
          NettyTls server = NettyTls.server(issuing)) {
        List<Boolean> resumed = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          HandshakeParser wire =
              InMemory.handshake(client.newEngine("milvus.test", 19530), server.newServerEngine());
          resumed.add(wire.serverHello().orElseThrow().resumed());
        }
        boolean again = resumption == Resumption.OFFERED;
        assertThat(resumed).as(resumption.id()).containsExactly(false, again, again, again);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(NamedGroup.class)
  void boringssl_pins_each_group(NamedGroup group) throws Exception {
    try (NettyTls client =
            NettyTls.client(asked(TlsProvider.BORINGSSL).namedGroups(group).build());
        NettyTls server =
            NettyTls.server(
                ServerTls.of(TlsProvider.BORINGSSL, identity)
                    .withNamedGroups(NamedGroup.values()))) {
      HandshakeParser wire =
          InMemory.handshake(client.newEngine("milvus.test", 1), server.newServerEngine());
      assertThat(wire.serverHello().orElseThrow().namedGroup()).contains(group.id());
      assertThat(wire.clientHello().orElseThrow().namedGroups()).containsExactly(group.id());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = NamedGroup.class,
      names = {"SECP256R1", "SECP384R1", "SECP521R1", "X25519"})
  void the_jdk_pins_each_group_with_one_key_share(NamedGroup group) throws Exception {
    try (NettyTls client = NettyTls.client(asked(TlsProvider.JDK).namedGroups(group).build());
        NettyTls server = NettyTls.server(ServerTls.of(TlsProvider.JDK, identity))) {
      HandshakeParser wire =
          InMemory.handshake(client.newEngine("milvus.test", 1), server.newServerEngine());
      assertThat(wire.serverHello().orElseThrow().namedGroup()).contains(group.id());
      assertThat(wire.clientHello().orElseThrow().namedGroups()).containsExactly(group.id());
      assertThat(wire.clientHello().orElseThrow().keyShares()).containsExactly(group.id());
    }
  }

  @Test
  void a_server_that_wants_another_group_asks_again() throws Exception {
    TlsSettings settings =
        asked(TlsProvider.BORINGSSL).namedGroups(NamedGroup.X25519, NamedGroup.SECP384R1).build();
    ServerTls only =
        ServerTls.of(TlsProvider.BORINGSSL, identity).withNamedGroups(NamedGroup.SECP384R1);
    try (NettyTls client = NettyTls.client(settings);
        NettyTls server = NettyTls.server(only)) {
      HandshakeParser wire =
          InMemory.handshake(client.newEngine("milvus.test", 1), server.newServerEngine());
      assertThat(wire.helloRetryRequest()).isTrue();
      assertThat(wire.serverHello().orElseThrow().namedGroup()).contains("secp384r1");
      assertThat(wire.clientHello().orElseThrow().keyShares()).containsExactly("x25519");
    }
  }

  @Test
  void counts_are_the_same_each_time() throws Exception {
    try (NettyTls client = NettyTls.client(asked(TlsProvider.JDK).build());
        NettyTls server = NettyTls.server(ServerTls.of(TlsProvider.JDK, identity))) {
      HandshakeParser wire =
          InMemory.handshake(client.newEngine("milvus.test", 1), server.newServerEngine());
      assertThat(wire.clientCount().flights()).isEqualTo(3);
      assertThat(wire.serverCount().flights()).isEqualTo(2);
      assertThat(wire.serverCount().bytes()).isBetween(700L, 3000L);
      assertThat(wire.serverCount().records()).isGreaterThan(2);
    }
  }

  @Nested
  class Refuses {
    @Test
    void one_tls_1_3_cipher_suite_on_boringssl() {
      assertThatThrownBy(
              () ->
                  NettyTls.client(
                      asked(TlsProvider.BORINGSSL)
                          .protocols(TlsProtocol.TLS_1_3)
                          .cipherSuites("TLS_AES_256_GCM_SHA384")
                          .build()))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageContaining("BoringSSL cannot pin a TLS 1.3 cipher suite")
          .hasMessageContaining("'TLS_AES_256_GCM_SHA384'");
    }

    @Test
    void groups_of_the_jdk_in_an_order_that_only_the_whole_jvm_can_have() {
      assumeTrue(
          Runtime.version().feature() < 20, "JDK 20 and newer order groups for each connection");
      assertThatThrownBy(
              () ->
                  NettyTls.client(
                      asked(TlsProvider.JDK)
                          .namedGroups(NamedGroup.SECP384R1, NamedGroup.X25519)
                          .build()))
          .hasMessageContaining("has its named groups in another order")
          .hasMessageContaining("-Djdk.tls.namedGroups=secp384r1,x25519");
    }

    @Test
    void a_cipher_suite_that_does_not_exist() {
      assertThat(NettyTls.refusal(asked(TlsProvider.JDK).cipherSuites("TLS_NONSENSE").build()))
          .map(MilvusTlsException::getMessage)
          .hasValueSatisfying(
              message -> assertThat(message).contains("does not have: 'TLS_NONSENSE'"));
    }

    @Test
    void a_cipher_suite_of_another_protocol() {
      Optional<MilvusTlsException> refusal =
          NettyTls.refusal(
              asked(TlsProvider.JDK)
                  .protocols(TlsProtocol.TLS_1_3)
                  .cipherSuites("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
                  .build());
      assertThat(refusal.orElseThrow()).hasMessageContaining("no cipher suite is asked for tls1.3");
    }

    @Test
    void plaintext() {
      assertThatThrownBy(() -> NettyTls.client(TlsSettings.plaintext()))
          .hasMessageContaining("plaintext has no TLS context");
    }
  }

  @Test
  void a_jdk_client_pins_a_tls_1_3_cipher_suite() throws Exception {
    TlsSettings settings =
        asked(TlsProvider.JDK)
            .protocols(TlsProtocol.TLS_1_3)
            .cipherSuites("TLS_CHACHA20_POLY1305_SHA256")
            .build();
    try (NettyTls client = NettyTls.client(settings);
        NettyTls server = NettyTls.server(ServerTls.of(TlsProvider.BORINGSSL, identity))) {
      HandshakeParser wire =
          InMemory.handshake(client.newEngine("milvus.test", 1), server.newServerEngine());
      assertThat(wire.serverHello().orElseThrow().cipherSuite())
          .isEqualTo("TLS_CHACHA20_POLY1305_SHA256");
    }
  }
}
