package org.milvustls.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.milvustls.client.ConnectionFailedException;
import org.milvustls.client.SecureMilvus;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.CertificateDirectory.ClientFiles;
import org.milvustls.pki.HostName;
import org.milvustls.pki.InitRequest;
import org.milvustls.pki.LeafRequest;
import org.milvustls.pki.LeafRole;
import org.milvustls.server.MilvusServer;
import org.milvustls.server.MilvusServers;
import org.milvustls.server.ServerKind;
import org.milvustls.tls.HandshakeFailure.Reason;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;

/** Connections that must not come about, each with the reason in its message. */
@EachServerKind
class RefusedConnectionStory {
  private final Stage stage;

  RefusedConnectionStory(ServerKind kind) {
    this.stage = Stage.of(kind);
  }

  private void refused(MilvusServer server, TlsSettings tls, Reason reason, String... words) {
    assertThatThrownBy(() -> SecureMilvus.connect(stage.settings(server, tls)).close())
        .isInstanceOfSatisfying(
            ConnectionFailedException.class,
            e -> assertThat(e.failure().orElseThrow().reason()).isEqualTo(reason))
        .hasMessageContainingAll(words);
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void a_server_whose_ca_the_client_does_not_trust(TlsProvider provider, @TempDir Path other) {
    CertificateDirectory stranger = CertificateDirectory.at(other.resolve("certs"));
    stranger.init(InitRequest.defaults());
    TlsSettings tls =
        TlsSettings.builder(TlsMode.SERVER)
            .provider(provider)
            .trustAnchors(stranger.trustAnchors())
            .build();
    refused(stage.server(TlsMode.SERVER), tls, Reason.UNTRUSTED_ISSUER, "not trusted");
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void a_server_under_a_name_that_its_certificate_lacks(TlsProvider provider) {
    TlsSettings tls =
        stage.tls(TlsMode.SERVER).provider(provider).serverName("milvus.example.org").build();
    refused(
        stage.server(TlsMode.SERVER),
        tls,
        Reason.NAME_MISMATCH,
        "localhost, 127.0.0.1",
        "'milvus.example.org'");
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void a_client_without_the_certificate_that_mutual_mode_requires(TlsProvider provider) {
    refused(
        stage.server(TlsMode.MUTUAL),
        stage.tls(TlsMode.SERVER).provider(provider).build(),
        Reason.CLIENT_CERTIFICATE_REQUIRED,
        "requires a client certificate");
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void a_client_whose_certificate_is_for_servers(TlsProvider provider) {
    ClientFiles wrong =
        stage.leaf(
            "wrong-usage-" + provider,
            LeafRequest.server("wrong", List.of(HostName.of("wrong.test"))),
            LeafRole.CLIENT);
    TlsSettings tls =
        stage
            .tls(TlsMode.MUTUAL)
            .provider(provider)
            .clientCertificate(wrong.certificate(), wrong.key())
            .build();
    refused(
        stage.server(TlsMode.MUTUAL),
        tls,
        Reason.CLIENT_CERTIFICATE_REFUSED,
        "extended key usage lacks clientAuth");
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void a_server_whose_certificate_has_expired(TlsProvider provider) {
    ClientFiles expired =
        stage.leaf(
            "expired-" + provider,
            LeafRequest.server("milvus", HostName.listOf("localhost"))
                .withNotBefore(Instant.now().minus(Duration.ofDays(30)))
                .withLifetime(Duration.ofDays(20)),
            LeafRole.SERVER);
    try (MilvusServer server =
        MilvusServers.start(
            stage
                .request(TlsMode.SERVER)
                .certificate(expired.certificate(), expired.key())
                .build())) {
      refused(
          server, stage.tls(TlsMode.SERVER).provider(provider).build(), Reason.EXPIRED, "expired");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsMode.class,
      names = {"SERVER", "MUTUAL"})
  void a_plaintext_client_on_a_tls_server(TlsMode mode) {
    refused(stage.server(mode), TlsSettings.plaintext(), Reason.SERVER_SPEAKS_TLS, "speaks TLS");
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void a_tls_client_on_a_plaintext_server(TlsProvider provider) {
    refused(
        stage.server(TlsMode.OFF),
        stage.tls(TlsMode.SERVER).provider(provider).build(),
        Reason.SERVER_SPEAKS_PLAINTEXT,
        "does not speak TLS");
  }
}
