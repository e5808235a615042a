package org.milvustls.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.DropCollectionReq;
import io.milvus.v2.service.database.request.CreateDatabaseReq;
import io.milvus.v2.service.utility.request.FlushReq;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.milvustls.pki.HostName;
import org.milvustls.pki.LeafRequest;
import org.milvustls.server.MilvusServer;
import org.milvustls.tls.HandshakeFailure.Reason;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.NegotiatedSession;
import org.milvustls.tls.Resumption;
import org.milvustls.tls.TestPki;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;

/** Against the real server, in three modes. */
class SecureMilvusTest {
  private static RealMilvus real;
  private static MilvusServer off;
  private static MilvusServer server;
  private static MilvusServer mutual;

  @BeforeAll
  static void start(@TempDir Path folder) {
    real = new RealMilvus(folder);
    off = real.start(TlsMode.OFF);
    server = real.start(TlsMode.SERVER);
    mutual = real.start(TlsMode.MUTUAL);
  }

  @AfterAll
  static void stop() {
    for (MilvusServer each : new MilvusServer[] {off, server, mutual}) {
      if (each != null) {
        each.close();
      }
    }
  }

  private static MilvusServer of(TlsMode mode) {
    return switch (mode) {
      case OFF -> off;
      case SERVER -> server;
      case MUTUAL -> mutual;
    };
  }

  private static ConnectionSettings settings(MilvusServer target, TlsSettings tls) {
    return ConnectionSettings.builder("localhost", target.port(), tls)
        .connectTimeout(Duration.ofSeconds(5))
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "SERVER, JDK, TLS_1_2", "SERVER, JDK, TLS_1_3", "SERVER, BORINGSSL, TLS_1_2",
    "SERVER, BORINGSSL, TLS_1_3", "MUTUAL, JDK, TLS_1_3", "MUTUAL, BORINGSSL, TLS_1_3"
  })
  void connects_with_what_was_asked(TlsMode mode, TlsProvider provider, TlsProtocol protocol) {
    TlsSettings tls = real.tls(mode).provider(provider).protocols(protocol).build();
    try (SecureMilvus milvus = SecureMilvus.connect(settings(of(mode), tls))) {
      assertThat(milvus.client().listCollections().getCollectionNames()).isEmpty();
      NegotiatedSession got = milvus.negotiated().orElseThrow();
      assertThat(got.protocol()).isEqualTo(protocol.jsseName());
      assertThat(got.provider())
          .startsWith(
              provider == TlsProvider.JDK
                  ? "JDK "
                  : "BoringSSL (milvus-sdk-java 2.6.22, Netty 4.1.97.Final)");
      assertThat(got.alpn()).contains("h2");
      assertThat(got.namedGroup()).contains("x25519");
      assertThat(got.resumed()).isFalse();
      assertThat(got.helloRetryRequest()).contains(false);
      assertThat(got.peerKey()).contains("EC secp256r1");
      ConnectTimings timings = milvus.timings();
      assertThat(timings.tcpConnected())
          .isPositive()
          .isLessThan(timings.tlsFinished().orElseThrow());
      assertThat(timings.settingsReceived())
          .isGreaterThan(timings.tlsFinished().orElseThrow())
          .isLessThan(timings.firstCall());
    }
  }

  @Test
  void connects_in_plaintext_only_when_asked_by_name() {
    try (SecureMilvus milvus = SecureMilvus.connect(settings(off, TlsSettings.plaintext()))) {
      assertThat(milvus.client().listCollections().getCollectionNames()).isEmpty();
      assertThat(milvus.negotiated()).isEmpty();
      assertThat(milvus.timings().tlsFinished()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(TlsMode.class)
  void the_sdk_as_shipped_connects_in_each_mode(TlsMode mode) {
    MilvusClientV2 client = SdkAsShipped.connect(settings(of(mode), real.tls(mode).build()));
    try {
      assertThat(client.listCollections().getCollectionNames()).isEmpty();
    } finally {
      client.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "JDK, TLS_1_2, NEVER", "JDK, TLS_1_3, NEVER", "JDK, TLS_1_3, OFFERED",
    "BORINGSSL, TLS_1_2, NEVER", "BORINGSSL, TLS_1_2, OFFERED", "BORINGSSL, TLS_1_3, NEVER",
    "BORINGSSL, TLS_1_3, OFFERED"
  })
  void resumes_only_when_asked(TlsProvider provider, TlsProtocol protocol, Resumption resumption) {
    TlsSettings tls =
        real.tls(TlsMode.SERVER)
            .provider(provider)
            .protocols(protocol)
            .resumption(resumption)
            .build();
    try (MilvusConnector connector = MilvusConnector.of(settings(server, tls))) {
      boolean[] resumed = new boolean[4];
      for (int i = 0; i < resumed.length; i++) {
        try (SecureMilvus milvus = connector.connect()) {
          resumed[i] = milvus.negotiated().orElseThrow().resumed();
        }
      }
      boolean again = resumption == Resumption.OFFERED;
      assertThat(resumed).containsExactly(false, again, again, again);
    }
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void a_reconnect_builds_no_thread_pool(TlsProvider provider) {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    TlsSettings tls = real.tls(TlsMode.SERVER).provider(provider).build();
    try (MilvusConnector connector = MilvusConnector.of(settings(server, tls))) {
      for (int i = 0; i < 3; i++) {
        connector.connect().close();
      }
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> !before.contains(thread))
          .extracting(Thread::getName)
          .anyMatch(name -> name.startsWith("milvus-tls-"))
          .noneMatch(name -> name.startsWith("grpc-"));
    }
  }

  /** Go says lifetime 0 (unspecified, RFC 5077 section 3.3); the JDK takes it for expired. */
  @Test
  void the_jdk_throws_away_the_tls_1_2_tickets_of_go() {
    TlsSettings tls =
        real.tls(TlsMode.SERVER)
            .protocols(TlsProtocol.TLS_1_2)
            .resumption(Resumption.OFFERED)
            .build();
    try (MilvusConnector connector = MilvusConnector.of(settings(server, tls))) {
      for (int i = 0; i < 2; i++) {
        try (SecureMilvus milvus = connector.connect()) {
          assertThat(milvus.negotiated().orElseThrow().resumed()).isFalse();
        }
      }
    }
  }

  @Test
  void the_whole_client_works_not_only_its_stub() throws Exception {
    ConnectionSettings settings =
        ConnectionSettings.builder("127.0.0.1", server.port(), real.tls(TlsMode.SERVER).build())
            .database("default")
            .build();
    try (SecureMilvus milvus = SecureMilvus.connect(settings)) {
      MilvusClientV2 client = milvus.client();
      assertThat(client.clientIsReady()).isTrue();
      assertThat(client.currentUsedDatabase()).isEqualTo("default");
      client.createDatabase(CreateDatabaseReq.builder().databaseName("second").build());
      client.useDatabase("second");
      assertThat(client.currentUsedDatabase()).isEqualTo("second");
      client.createCollection(
          CreateCollectionReq.builder().collectionName("only_here").dimension(4).build());
      client.flush(FlushReq.builder().collectionNames(List.of("only_here")).build());
      assertThat(client.listCollections().getCollectionNames()).containsExactly("only_here");
      client.useDatabase("default");
      assertThat(client.listCollections().getCollectionNames()).isEmpty();
      assertThat(milvus.negotiated().orElseThrow().protocol()).isEqualTo("TLSv1.3");
      assertThatThrownBy(() -> client.useDatabase("third"))
          .hasMessageContaining("no such database: 'third'; allowed: default, second");
      client.useDatabase("second");
      client.dropCollection(DropCollectionReq.builder().collectionName("only_here").build());
    }
  }

  @Test
  void after_close_the_client_is_not_ready() {
    SecureMilvus milvus = SecureMilvus.connect(settings(server, real.tls(TlsMode.SERVER).build()));
    milvus.close();
    assertThat(milvus.client().clientIsReady()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = NamedGroup.class,
      names = {"SECP256R1", "SECP384R1", "SECP521R1", "X25519"})
  void boringssl_takes_the_group_that_was_asked(NamedGroup group) {
    TlsSettings tls =
        real.tls(TlsMode.SERVER).provider(TlsProvider.BORINGSSL).namedGroups(group).build();
    try (SecureMilvus milvus = SecureMilvus.connect(settings(server, tls))) {
      assertThat(milvus.negotiated().orElseThrow().namedGroup()).contains(group.id());
    }
  }

  @Nested
  class Refuses {
    private void fails(MilvusServer target, TlsSettings tls, Reason reason, String... words) {
      assertThatThrownBy(() -> SecureMilvus.connect(settings(target, tls)))
          .isInstanceOfSatisfying(
              ConnectionFailedException.class,
              e -> assertThat(e.failure().orElseThrow().reason()).isEqualTo(reason))
          .hasMessageContainingAll(words);
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void a_server_of_another_ca(TlsProvider provider) {
      TlsSettings tls =
          TlsSettings.builder(TlsMode.SERVER)
              .provider(provider)
              .trust(TestPki.named("Other").trust())
              .build();
      fails(server, tls, Reason.UNTRUSTED_ISSUER, "not trusted", "CN=Other root");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void a_server_of_another_name(TlsProvider provider) {
      TlsSettings tls =
          real.tls(TlsMode.SERVER).provider(provider).serverName("milvus.example.org").build();
      fails(
          server, tls, Reason.NAME_MISMATCH, "is for localhost, 127.0.0.1", "'milvus.example.org'");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void to_go_without_the_client_certificate_that_the_server_wants(TlsProvider provider) {
      TlsSettings tls = real.tls(TlsMode.SERVER).provider(provider).build();
      fails(mutual, tls, Reason.CLIENT_CERTIFICATE_REQUIRED, "requires a client certificate");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void tls_on_a_plaintext_server(TlsProvider provider) {
      fails(
          off,
          real.tls(TlsMode.SERVER).provider(provider).build(),
          Reason.SERVER_SPEAKS_PLAINTEXT,
          "does not speak TLS");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void a_client_certificate_of_another_ca(TlsProvider provider) {
      TlsSettings tls =
          TlsSettings.builder(TlsMode.MUTUAL)
              .provider(provider)
              .trustAnchors(real.certificates().trustAnchors())
              .identity(TestPki.named("Other").client("stranger"))
              .build();
      fails(
          mutual,
          tls,
          Reason.CLIENT_CERTIFICATE_REQUIRED,
          "'CN=stranger",
          "was not sent",
          "Accepted issuers: CN=Milvus client root CA");
    }

    @Test
    void an_expired_client_certificate() {
      fails(
          mutual,
          real.withClient(
              LeafRequest.client("late")
                  .withNotBefore(Instant.now().minus(Duration.ofDays(20)))
                  .withLifetime(Duration.ofDays(10))),
          Reason.CLIENT_CERTIFICATE_REFUSED,
          "refused the client certificate 'CN=late",
          "it expired on");
    }

    @Test
    void a_client_certificate_that_is_for_servers() {
      fails(
          mutual,
          real.withClient(LeafRequest.server("wrong", List.of(HostName.of("wrong.test")))),
          Reason.CLIENT_CERTIFICATE_REFUSED,
          "refused the client certificate 'CN=wrong",
          "its extended key usage lacks clientAuth");
    }

    @Test
    void tls_on_the_metrics_port() {
      ConnectionSettings settings =
          ConnectionSettings.builder(
                  "localhost", off.metricsPort().orElseThrow(), real.tls(TlsMode.SERVER).build())
              .build();
      assertThatThrownBy(() -> SecureMilvus.connect(settings))
          .hasMessageContaining("speaks HTTP/1 in plaintext, not gRPC")
          .hasMessageContaining("use the gRPC port");
    }

    @Test
    void plaintext_on_a_tls_server() {
      fails(server, TlsSettings.plaintext(), Reason.SERVER_SPEAKS_TLS, "speaks TLS");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void tls_1_2_in_mutual_mode(TlsProvider provider) {
      fails(
          mutual,
          real.tls(TlsMode.MUTUAL).provider(provider).protocols(TlsProtocol.TLS_1_2).build(),
          Reason.NO_COMMON_PROTOCOL,
          "protocol_version (70)");
    }
  }
}
