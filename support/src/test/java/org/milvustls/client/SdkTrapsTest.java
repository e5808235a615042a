package org.milvustls.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.CertificateDirectory.ClientFiles;
import org.milvustls.pki.PemFiles;
import org.milvustls.server.MilvusServer;
import org.milvustls.tls.HandshakeFailure.Reason;
import org.milvustls.tls.Identity;
import org.milvustls.tls.Resumption;
import org.milvustls.tls.TestPki;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.TlsSettings;
import org.milvustls.tls.TrustSource;

/** What the options of the bare SDK do, and what ours do in their place, against a real Milvus. */
class SdkTrapsTest {
  private static final long SDK_LIMIT_MILLIS = 2000;

  private static Path folder;
  private static RealMilvus real;
  private static MilvusServer off;
  private static MilvusServer server;
  private static MilvusServer mutual;

  @BeforeAll
  static void start(@TempDir Path shared) {
    folder = shared;
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

  private static ConnectConfig.ConnectConfigBuilder sdk(String scheme, MilvusServer target) {
    return ConnectConfig.builder()
        .uri(scheme + "://localhost:" + target.port())
        .connectTimeoutMs(SDK_LIMIT_MILLIS);
  }

  private static String ca() {
    return real.certificates().trustAnchors().toString();
  }

  private static ConnectionSettings ours(MilvusServer target, TlsSettings tls) {
    return ConnectionSettings.builder("localhost", target.port(), tls)
        .connectTimeout(Duration.ofMinutes(1))
        .build();
  }

  private static void works(MilvusClientV2 client) {
    try {
      assertThat(client.listCollections().getCollectionNames()).isEmpty();
    } finally {
      client.close();
    }
  }

  private static void works(SecureMilvus milvus) {
    try (milvus) {
      assertThat(milvus.client().listCollections().getCollectionNames()).isEmpty();
    }
  }

  @Nested
  class An_ssl_context {
    @Test
    void of_the_sdk_always_throws_and_ours_are_settings_that_work() throws Exception {
      ConnectConfig config =
          sdk("https", server).sslContext(SSLContext.getDefault()).serverName("localhost").build();
      assertThatThrownBy(() -> new MilvusClientV2(config))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Param 'result' must not be empty");
      works(SecureMilvus.connect(ours(server, real.tls(TlsMode.SERVER).build())));
    }
  }

  @Nested
  class A_server_name {
    @Test
    void is_mandatory_in_the_sdk_and_is_the_host_in_ours() {
      ConnectConfig config = sdk("https", server).serverPemPath(ca()).build();
      assertThatThrownBy(() -> new MilvusClientV2(config))
          .isInstanceOf(NullPointerException.class)
          .hasMessageContaining("authority");
      works(SecureMilvus.connect(ours(server, real.tls(TlsMode.SERVER).build())));
    }
  }

  @Nested
  class A_client_certificate_beside_the_servers {
    @Test
    void is_dropped_by_the_sdk_without_a_word_and_sent_by_ours() {
      ClientFiles client = real.certificates().clientFiles("search");
      ConnectConfig config =
          sdk("https", mutual)
              .serverPemPath(ca())
              .serverName("localhost")
              .clientPemPath(client.certificate().toString())
              .clientKeyPath(client.key().toString())
              .caPemPath(ca())
              .build();
      assertThatThrownBy(() -> new MilvusClientV2(config).listCollections())
          .hasMessageNotContaining("certificate");
      try (MilvusConnector connector =
          MilvusConnector.of(ours(mutual, real.tls(TlsMode.MUTUAL).build()))) {
        works(connector.connect());
        assertThat(connector.lastCertificateRequest().orElseThrow().sent()).isTrue();
      }
    }
  }

  @Nested
  class A_ca_alone {
    @Test
    void means_plaintext_to_the_sdk_and_never_to_ours() {
      // Whoever names a CA wants TLS; the SDK goes on in plaintext with a server that has none.
      works(new MilvusClientV2(sdk("http", off).caPemPath(ca()).build()));
      TlsSettings tls = TlsSettings.builder(TlsMode.SERVER).trustAnchors(Path.of(ca())).build();
      assertThatThrownBy(() -> SecureMilvus.connect(ours(off, tls)))
          .isInstanceOfSatisfying(
              ConnectionFailedException.class,
              e ->
                  assertThat(e.failure().orElseThrow().reason())
                      .isEqualTo(Reason.SERVER_SPEAKS_PLAINTEXT));
    }
  }

  @Nested
  class A_failed_handshake {
    @Test
    void is_a_timeout_to_the_sdk_and_has_its_reason_in_ours() throws Exception {
      Path other =
          Files.writeString(
              folder.resolve("other.pem"), pem("CERTIFICATE", TestPki.named("Other").root()));
      ConnectConfig config =
          sdk("https", server).serverPemPath(other.toString()).serverName("localhost").build();
      assertThatThrownBy(() -> new MilvusClientV2(config))
          .hasStackTraceContaining("DEADLINE_EXCEEDED")
          .hasMessageNotContaining("trusted");
      TlsSettings tls = TlsSettings.builder(TlsMode.SERVER).trustAnchors(other).build();
      assertThatThrownBy(() -> SecureMilvus.connect(ours(server, tls)))
          .isInstanceOf(ConnectionFailedException.class)
          .hasMessageContaining("is not trusted (trusted: CN=Other root");
    }

    private static String pem(String type, org.milvustls.pki.CertificateAuthority ca)
        throws Exception {
      return pemOf(type, ca.certificate().getEncoded());
    }
  }

  /** Why it is no setting of ours: a connection of ours that fails says itself which step did. */
  @Nested
  class A_precheck {
    @Test
    void of_the_sdk_trusts_the_first_certificate_of_the_file_only_and_ours_all() throws Exception {
      String first = pemOf("CERTIFICATE", TestPki.named("First").root().certificate().getEncoded());
      Path both =
          Files.writeString(folder.resolve("both.pem"), first + Files.readString(Path.of(ca())));
      works(new MilvusClientV2(prechecked(both, false)));
      assertThatThrownBy(() -> new MilvusClientV2(prechecked(both, true)))
          .hasStackTraceContaining("PKIX path");
      TlsSettings tls = TlsSettings.builder(TlsMode.SERVER).trustAnchors(both).build();
      works(SecureMilvus.connect(ours(server, tls)));
    }

    private static ConnectConfig prechecked(Path ca, boolean precheck) {
      return sdk("https", server)
          .serverPemPath(ca.toString())
          .serverName("localhost")
          .enablePrecheck(precheck)
          .build();
    }
  }

  @Nested
  class A_key_in_the_older_form {
    @Test
    void is_refused_by_the_sdk_and_read_by_ours(@TempDir Path keys) throws Exception {
      ClientFiles client = real.certificates().clientFiles("search");
      ECPrivateKey key = (ECPrivateKey) PemFiles.privateKey(client.key());
      // RFC 5915, as 'openssl ecparam -genkey' writes it.
      byte[] sec1 =
          new org.bouncycastle.asn1.sec.ECPrivateKey(
                  256,
                  key.getS(),
                  PrivateKeyInfo.getInstance(key.getEncoded())
                      .getPrivateKeyAlgorithm()
                      .getParameters())
              .getEncoded();
      Path old = Files.writeString(keys.resolve("old.key"), pemOf("EC PRIVATE KEY", sec1));
      ConnectConfig config =
          sdk("https", mutual)
              .clientPemPath(client.certificate().toString())
              .clientKeyPath(old.toString())
              .caPemPath(ca())
              .serverName("localhost")
              .build();
      assertThatThrownBy(() -> new MilvusClientV2(config))
          .hasStackTraceContaining("does not contain valid private key");
      TlsSettings tls =
          TlsSettings.builder(TlsMode.MUTUAL)
              .trustAnchors(Path.of(ca()))
              .clientCertificate(client.certificate(), old)
              .build();
      works(SecureMilvus.connect(ours(mutual, tls)));
    }
  }

  @Nested
  class A_key_of_another_certificate {
    @Test
    void is_refused_by_ours_before_anything_is_sent() {
      Identity one = TestPki.named("One").client("one");
      Identity two = TestPki.named("Two").client("two");
      TlsSettings tls =
          TlsSettings.builder(TlsMode.MUTUAL)
              .trustAnchors(Path.of(ca()))
              .identity(Identity.of(one.load().chain(), two.load().key()))
              .build();
      assertThatThrownBy(() -> MilvusConnector.of(ours(mutual, tls)))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageContaining("the private key does not belong to the certificate");
    }
  }

  @Nested
  class A_leaf_that_is_trusted_itself {
    @Test
    void is_accepted_by_the_sdk_when_it_has_expired_and_refused_by_ours(@TempDir Path files)
        throws Exception {
      Identity old =
          TestPki.named("Expired")
              .serverValidFrom(
                  Instant.now().minus(Duration.ofDays(100)), Duration.ofDays(90), "localhost");
      Path pem =
          Files.writeString(
              files.resolve("old.pem"), pemOf("CERTIFICATE", old.load().leaf().getEncoded()));
      Path key =
          Files.writeString(
              files.resolve("old.key"), pemOf("PRIVATE KEY", old.load().key().getEncoded()));
      try (MilvusServer expired =
          org.milvustls.server.MilvusServers.start(
              real.request(TlsMode.SERVER).certificate(pem, key).build())) {
        works(
            new MilvusClientV2(
                sdk("https", expired)
                    .serverPemPath(pem.toString())
                    .serverName("localhost")
                    .build()));
        TlsSettings tls = TlsSettings.builder(TlsMode.SERVER).trustAnchors(pem).build();
        assertThatThrownBy(() -> SecureMilvus.connect(ours(expired, tls)))
            .isInstanceOf(ConnectionFailedException.class)
            .hasMessageContaining("expired on");
      }
    }

    @Test
    void is_refused_by_ours_when_it_has_expired() {
      TestPki pki = TestPki.named("Old");
      Identity old =
          pki.serverValidFrom(
              Instant.now().minus(Duration.ofDays(100)), Duration.ofDays(90), "localhost");
      try (org.milvustls.tls.FakePeer peer = org.milvustls.tls.FakePeer.tls(old)) {
        TlsSettings tls =
            TlsSettings.builder(TlsMode.SERVER)
                .trust(TrustSource.certificates(List.of(old.load().leaf())))
                .build();
        assertThatThrownBy(
                () ->
                    SecureMilvus.connect(
                        ConnectionSettings.builder("localhost", peer.port(), tls).build()))
            .isInstanceOf(ConnectionFailedException.class)
            .hasMessageContaining("expired on");
      }
    }
  }

  @Nested
  class A_protocol {
    @Test
    void cannot_be_told_to_the_sdk_and_is_kept_by_ours() {
      TlsSettings tls = real.tls(TlsMode.SERVER).protocols(TlsProtocol.TLS_1_2).build();
      assertThatThrownBy(() -> SdkAsShipped.connect(ours(server, tls)))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageContaining("the SDK's own options set no protocol");
      try (SecureMilvus milvus = SecureMilvus.connect(ours(server, tls))) {
        assertThat(milvus.negotiated().orElseThrow().protocol()).isEqualTo("TLSv1.2");
      }
    }
  }

  /** The SDK makes a context for each client; ours is made once. */
  @Nested
  class A_reconnect {
    @Test
    void reads_no_file_again_and_resumes(@TempDir Path copies) throws Exception {
      ClientFiles files = real.certificates().clientFiles("search");
      Path ca = copy(Path.of(ca()), copies.resolve("ca.pem"));
      Path pem = copy(files.certificate(), copies.resolve("client.pem"));
      Path key = copy(files.key(), copies.resolve("client.key"));
      TlsSettings tls =
          TlsSettings.builder(TlsMode.MUTUAL)
              .trustAnchors(ca)
              .clientCertificate(pem, key)
              .resumption(Resumption.OFFERED)
              .build();
      try (MilvusConnector connector = MilvusConnector.of(ours(mutual, tls))) {
        works(connector.connect());
        Identity.Pair read = connector.identity().orElseThrow();
        // Whoever reads one of these now finds nothing that could be used.
        for (Path file : List.of(ca, pem, key)) {
          Files.delete(file);
        }
        try (SecureMilvus again = connector.connect()) {
          assertThat(again.negotiated().orElseThrow().resumed()).isTrue();
        }
        assertThat(connector.identity().orElseThrow()).isSameAs(read);
      }
    }

    @Test
    void starts_no_event_loop_anew() {
      try (MilvusConnector connector =
          MilvusConnector.of(ours(server, real.tls(TlsMode.SERVER).build()))) {
        int loops = 2 * Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < 2 * loops; i++) {
          works(connector.connect());
        }
        long before = loopsThatRan();
        for (int i = 0; i < loops; i++) {
          works(connector.connect());
        }
        assertThat(loopsThatRan()).isEqualTo(before);
      }
    }

    private static long loopsThatRan() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().startsWith("milvus-tls-client"))
          .count();
    }

    private static Path copy(Path from, Path to) throws IOException {
      return Files.copy(from, to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private static String pemOf(String type, byte[] der) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + type
        + "-----\n";
  }
}
