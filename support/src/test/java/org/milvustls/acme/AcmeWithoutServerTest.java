package org.milvustls.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.HostName;
import org.milvustls.pki.InitRequest;
import org.milvustls.pki.KeyType;
import org.milvustls.pki.LeafStorage;
import org.milvustls.pki.PemFiles;
import org.milvustls.pki.RenewRequest;

/** A public CA that cannot be reached or does not want to be asked. */
class AcmeWithoutServerTest {
  private static final AccountTerms AGREED = new AccountTerms(true, Optional.empty());

  private final Path folder;
  private final CertificateDirectory certificates;
  private final AcmeIssuer issuer;

  AcmeWithoutServerTest(@TempDir Path folder) {
    this.folder = folder;
    this.certificates = CertificateDirectory.at(folder.resolve("certs"));
    this.issuer = AcmeIssuer.of(certificates, Clock.systemUTC());
  }

  private static AcmeRequest request(AcmeDirectory ca, Path trust, int httpPort) {
    return new AcmeRequest(
        "milvus",
        HostName.listOf("localhost"),
        KeyType.ECDSA_P256,
        LeafStorage.DEFAULT,
        new AcmeSettings(
            ca,
            Optional.of(trust),
            Optional.empty(),
            Optional.empty(),
            ChallengeType.HTTP_01,
            httpPort,
            Optional.empty()));
  }

  private X509Certificate leaf() {
    return PemFiles.certificates(certificates.serverFiles("milvus").certificate()).get(0);
  }

  @Test
  void says_that_it_is_down_and_a_private_leaf_stays() throws Exception {
    certificates.init(InitRequest.defaults());
    X509Certificate before = leaf();
    AcmeRequest request =
        request(
            AcmeDirectory.of("https://localhost:" + Pebble.freePort() + "/dir"),
            certificates.trustAnchors(),
            Pebble.freePort());

    assertThatThrownBy(() -> issuer.obtain(request, AGREED, RenewRequest.due()))
        .hasMessageStartingWith("the ACME server cannot be reached (no connection)");
    assertThat(leaf()).isEqualTo(before);
  }

  @Test
  void says_that_the_port_for_the_challenge_is_taken() throws Exception {
    certificates.init(InitRequest.defaults());
    try (ServerSocket taken = new ServerSocket(0)) {
      AcmeRequest request =
          request(
              AcmeDirectory.of("https://localhost:1/dir"),
              certificates.trustAnchors(),
              taken.getLocalPort());

      assertThatThrownBy(() -> issuer.obtain(request, AGREED, RenewRequest.due()))
          .hasMessageStartingWith("cannot listen for the CA's challenge (")
          .hasMessageContaining("port " + taken.getLocalPort());
    }
  }

  @Test
  void a_throttling_server_is_not_asked_again_before_the_time_it_names() throws Exception {
    CertificateDirectory https = CertificateDirectory.at(folder.resolve("https"));
    https.init(InitRequest.defaults());
    AtomicInteger requests = new AtomicInteger();
    HttpsServer stub = throttling(https, requests);
    try {
      AcmeRequest request =
          request(
              AcmeDirectory.of("https://localhost:" + stub.getAddress().getPort() + "/dir"),
              https.trustAnchors(),
              Pebble.freePort());

      assertThatThrownBy(() -> issuer.obtain(request, AGREED, RenewRequest.due()))
          .hasMessageStartingWith(
              "the ACME server has had too many requests: rateLimited: slow down")
          .hasMessageContaining("try again after ");
      int asked = requests.get();
      assertThat(asked).isPositive();
      assertThatThrownBy(() -> issuer.obtain(request, AGREED, RenewRequest.due()))
          .hasMessageContaining("is not asked before ");
      assertThat(requests).hasValue(asked);

      Clock later = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(7300));
      assertThatThrownBy(
              () -> AcmeIssuer.of(certificates, later).obtain(request, AGREED, RenewRequest.due()))
          .hasMessageContaining("rateLimited");
      assertThat(requests.get()).isGreaterThan(asked);
    } finally {
      stub.stop(0);
    }
  }

  private HttpsServer throttling(CertificateDirectory https, AtomicInteger requests)
      throws Exception {
    HttpsServer stub = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
    stub.setHttpsConfigurator(new HttpsConfigurator(serverContext(https)));
    stub.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          byte[] problem =
              "{\"type\":\"urn:ietf:params:acme:error:rateLimited\",\"detail\":\"slow down\"}"
                  .getBytes(StandardCharsets.UTF_8);
          String base = "https://localhost:" + stub.getAddress().getPort();
          byte[] directory =
              ("{\"newNonce\":\"" + base + "/nonce\",\"newAccount\":\"" + base + "/account\"}")
                  .getBytes(StandardCharsets.UTF_8);
          String path = exchange.getRequestURI().getPath();
          exchange.getResponseHeaders().set("Replay-Nonce", "bm9uY2U");
          if (path.equals("/nonce")) {
            exchange.sendResponseHeaders(200, -1);
          } else {
            boolean account = path.equals("/account");
            exchange
                .getResponseHeaders()
                .set("Content-Type", account ? "application/problem+json" : "application/json");
            exchange.getResponseHeaders().set("Retry-After", "7200");
            byte[] body = account ? problem : directory;
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(account ? 429 : 200, body.length);
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    stub.start();
    return stub;
  }

  private SSLContext serverContext(CertificateDirectory https) throws Exception {
    CertificateDirectory.ServerFiles files = https.serverFiles("milvus");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        PemFiles.privateKey(files.key()),
        new char[0],
        PemFiles.certificates(files.certificate()).toArray(Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
