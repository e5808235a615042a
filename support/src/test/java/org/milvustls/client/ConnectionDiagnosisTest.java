package org.milvustls.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.milvustls.client.DiagnosedStep.State;
import org.milvustls.pki.KeyType;
import org.milvustls.pki.LeafRequest;
import org.milvustls.server.MilvusServer;
import org.milvustls.tls.FakePeer;
import org.milvustls.tls.Identity;
import org.milvustls.tls.TestPki;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;

/** Against a real Milvus in mutual mode that wants users, and against peers that are set up so. */
class ConnectionDiagnosisTest {
  private static RealMilvus real;
  private static MilvusServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    real = new RealMilvus(folder);
    server = real.startForUsers();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static ConnectionSettings.Builder settings(TlsSettings tls) {
    return ConnectionSettings.builder("localhost", server.port(), tls)
        .connectTimeout(Duration.ofMinutes(1));
  }

  private static List<State> states(ConnectionDiagnosis diagnosis) {
    return diagnosis.steps().stream().map(DiagnosedStep::state).toList();
  }

  private static void fails(ConnectionSettings settings, String step, String... words) {
    ConnectionDiagnosis diagnosis = ConnectionDiagnosis.of(settings);
    DiagnosedStep failed = diagnosis.failed().orElseThrow();
    assertThat(failed.name()).as(failed.detail()).isEqualTo(step);
    assertThat(failed.detail() + " " + failed.remedy().orElse("no remedy"))
        .contains(words)
        .doesNotContain("no remedy");
    assertThat(diagnosis.isConnected()).isFalse();
    assertThat(diagnosis.steps()).hasSize(7);
    int at = diagnosis.steps().indexOf(failed);
    assertThat(states(diagnosis).subList(at + 1, 7)).containsOnly(State.SKIPPED);
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void says_what_protects_a_connection_that_stands(TlsProvider provider) {
    ConnectionDiagnosis diagnosis =
        ConnectionDiagnosis.of(
            settings(real.tls(TlsMode.MUTUAL).provider(provider).build())
                .credentials(Credentials.password("root", "Milvus"))
                .build());
    assertThat(diagnosis.failed()).isEmpty();
    assertThat(states(diagnosis)).containsOnly(State.OK);
    DiagnosedStep tls = diagnosis.steps().get(3);
    assertThat(tls.detail())
        .isEqualTo("TLSv1.3, TLS_AES_128_GCM_SHA256, key exchange x25519, full handshake, ALPN h2");
    assertThat(String.join("\n", tls.notes()))
        .contains("server certificate 'CN=milvus,O=milvus-tls', valid until ")
        .contains("EC secp256r1")
        .contains("for localhost, 127.0.0.1")
        .contains("2 certificates sent")
        .contains("client certificate asked for and sent; accepted issuers: CN=Milvus client");
    assertThat(diagnosis.steps().get(5).detail()).isEqualTo("as user root (password not shown)");
    assertThat(diagnosis.steps().get(6).detail()).contains("v2.3.5").contains("0 collections");
    assertThat(String.join("\n", diagnosis.steps().get(6).notes()))
        .contains("warning: CVE-2025-64513 concerns Milvus 2.3.5: ")
        .contains("CVE-2026-26190");
    assertThat(diagnosis.links())
        .extracting(link -> link.name() + " " + link.protection().id())
        .containsExactly(
            "client (gRPC) encrypted",
            "REST unknown",
            "metrics, health, management plaintext",
            "internal (between components) unknown",
            "etcd unknown",
            "object store unknown",
            "message queue unknown");
  }

  @Nested
  class Names_the_failure_at_the_step {
    @Test
    void settings_with_a_missing_file() {
      fails(
          settings(
                  TlsSettings.builder(TlsMode.SERVER)
                      .trustAnchors(Path.of("/nowhere/ca.pem"))
                      .build())
              .build(),
          "settings",
          "/nowhere/ca.pem");
    }

    @Test
    void settings_with_a_key_of_another_certificate() {
      Identity one = TestPki.named("One").client("one");
      Identity two = TestPki.named("Two").client("two");
      Identity mixed = Identity.of(one.load().chain(), two.load().key());
      fails(
          settings(
                  TlsSettings.builder(TlsMode.MUTUAL)
                      .trustAnchors(real.certificates().trustAnchors())
                      .identity(mixed)
                      .build())
              .build(),
          "settings",
          "the private key does not belong to the certificate");
    }

    @Test
    void name_resolution() {
      fails(
          ConnectionSettings.builder(
                  "no-such-host.invalid", 19530, real.tls(TlsMode.SERVER).build())
              .build(),
          "name resolution",
          "no-such-host.invalid:19530 has no address");
    }

    @Test
    void name_resolution_that_nobody_answers() throws Exception {
      CountDownLatch answer = new CountDownLatch(1);
      try {
        ConnectionDiagnosis diagnosis =
            ConnectionDiagnosis.of(
                ConnectionSettings.builder(
                        "slow.example.org", 19530, real.tls(TlsMode.SERVER).build())
                    .connectTimeout(Duration.ofMillis(300))
                    .build(),
                Clock.systemUTC(),
                host -> {
                  try {
                    answer.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  throw new UnknownHostException(host);
                });
        DiagnosedStep failed = diagnosis.failed().orElseThrow();
        assertThat(failed.name()).isEqualTo("name resolution");
        assertThat(failed.detail())
            .isEqualTo(
                "No answer to the lookup of the host of slow.example.org:19530 within 300 ms.");
        assertThat(failed.remedy().orElseThrow()).startsWith("check the DNS servers");
      } finally {
        answer.countDown();
      }
    }

    @Test
    void tcp() {
      FakePeer gone = FakePeer.silent();
      gone.close();
      fails(
          ConnectionSettings.builder("localhost", gone.port(), real.tls(TlsMode.SERVER).build())
              .build(),
          "TCP",
          "Nothing listens on");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void tls_with_an_unknown_ca(TlsProvider provider) {
      fails(
          settings(
                  TlsSettings.builder(TlsMode.SERVER)
                      .provider(provider)
                      .trust(TestPki.named("Other").trust())
                      .build())
              .build(),
          "TLS",
          "is not trusted (trusted: CN=Other root");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void http2_without_the_client_certificate(TlsProvider provider) {
      fails(
          settings(real.tls(TlsMode.SERVER).provider(provider).build()).build(),
          "HTTP/2",
          "requires a client certificate, none was given",
          "Accepted issuers: CN=Milvus client root CA",
          "certs issue --client");
    }

    @Test
    void http2_with_a_key_that_the_provider_does_not_offer() {
      fails(
          settings(
                  real.withClient(
                      LeafRequest.client("edwards").withKeyType(KeyType.ED25519),
                      TlsProvider.BORINGSSL))
              .build(),
          "HTTP/2",
          "'CN=edwards,O=milvus-tls' was not sent, since its key is Ed25519",
          "and provider boringssl can use RSA, EC with this server",
          "or take provider jdk");
    }

    @Test
    void steps_that_passed_before_show_how_long_they_took() {
      ConnectionDiagnosis diagnosis =
          ConnectionDiagnosis.of(settings(real.tls(TlsMode.MUTUAL).build()).build());
      assertThat(diagnosis.failed().orElseThrow().name()).isEqualTo("authentication");
      assertThat(diagnosis.steps().subList(0, 5))
          .allSatisfy(step -> assertThat(step.took().orElseThrow()).as(step.name()).isPositive());
    }

    @Test
    void authentication_without_a_user() {
      fails(
          settings(real.tls(TlsMode.MUTUAL).build()).build(),
          "authentication",
          "Milvus wants a user and none was given",
          "give a user and a password");
    }

    @Test
    void authentication_with_a_wrong_password() {
      fails(
          settings(real.tls(TlsMode.MUTUAL).build())
              .credentials(Credentials.password("root", "secret-guess"))
              .build(),
          "authentication",
          "does not accept the user root (password not shown)",
          "check user and password");
    }
  }

  @Test
  void warns_of_a_password_sent_in_the_clear() {
    try (FakePeer peer = FakePeer.closing()) {
      ConnectionDiagnosis diagnosis =
          ConnectionDiagnosis.of(
              ConnectionSettings.builder("localhost", peer.port(), TlsSettings.plaintext())
                  .credentials(Credentials.password("root", "Milvus"))
                  .build());
      assertThat(diagnosis.steps().get(0).notes())
          .containsExactly("warning: the password is sent in the clear");
      assertThat(diagnosis.toString()).doesNotContain("root:Milvus");
    }
  }
}
