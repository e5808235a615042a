package org.milvustls.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_throttled_request_leaves_what_is_known_of_the_leaf_in_force_as_it_was(boolean sameCa)
      throws Exception {
    certificates.init(InitRequest.defaults());
    CertificateDirectory https = CertificateDirectory.at(folder.resolve("https"));
    https.init(InitRequest.defaults());
    HttpsServer stub = throttling(https, new AtomicInteger());
    try {
      String other = "https://localhost:" + stub.getAddress().getPort() + "/dir";
      AcmeRequest before =
          request(
              AcmeDirectory.of(sameCa ? other : "https://localhost:1/dir"),
              https.trustAnchors(),
              Pebble.freePort());
      inForce(before);
      AcmeRequest now =
          withProfile(request(AcmeDirectory.of(other), https.trustAnchors(), Pebble.freePort()));

      assertThatThrownBy(() -> issuer.obtain(now, AGREED, RenewRequest.due()))
          .hasMessageContaining("rateLimited");

      assertThat(issuer.recorded("milvus").settings()).isEqualTo(before.settings());
      assertThat(issuer.obtain(before, AGREED, RenewRequest.due()).issued()).isFalse();
      assertThatThrownBy(() -> issuer.obtain(now, AGREED, RenewRequest.due()))
          .hasMessageContaining("is not asked before ");
    } finally {
      stub.stop(0);
    }
  }

  @Test
  void a_leaf_that_was_signed_and_not_put_in_force_changes_nothing_of_the_one_in_force()
      throws Exception {
    certificates.init(InitRequest.builder().client("search").build());
    AcmeRequest before =
        request(
            AcmeDirectory.of("https://localhost:" + Pebble.freePort() + "/dir"),
            certificates.trustAnchors(),
            Pebble.freePort());
    AcmeRequest later = withProfile(before);
    inForce(before);
    X509Certificate coming =
        PemFiles.certificates(certificates.clientFiles("search").certificate()).get(0);
    AcmeRecord record = AcmeRecord.read(certificates.privateFolder("acme"), "milvus").orElseThrow();
    record
        .withComing(OrderedLeaf.of(coming, later), Optional.of(leaf()))
        .write(certificates.privateFolder("acme"), "milvus");

    assertThat(issuer.recorded("milvus")).isEqualTo(before);
    assertThat(issuer.obtain(before, AGREED, RenewRequest.due()).issued()).isFalse();
    assertThatThrownBy(() -> issuer.obtain(later, AGREED, RenewRequest.due()))
        .as("the leaf in force is not taken for the later one")
        .hasMessageStartingWith("the ACME server cannot be reached");
  }

  @Test
  void what_another_version_recorded_besides_is_passed_over_and_what_lacks_is_told()
      throws Exception {
    certificates.init(InitRequest.defaults());
    AcmeRequest request =
        request(AcmeDirectory.of("https://localhost:1/dir"), certificates.trustAnchors(), 80);
    inForce(request);
    Path file = certificates.path().resolve("acme/milvus.json");
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("\\{", "{\"throttledUntil\": \"2026-01-01\","));
    assertThat(issuer.recorded("milvus")).isEqualTo(request);

    Files.writeString(file, "{\"directory\": \"https://localhost:1/dir\"}");
    assertThatThrownBy(() -> issuer.recorded("milvus"))
        .hasMessageStartingWith(
            "what is recorded of a certificate of a public CA is damaged, or of another version: '")
        .hasMessageEndingWith("delete the file and give 'certs acme' all options again");
    Files.delete(file);
    assertThat(issuer.obtain(request, AGREED, RenewRequest.due()).issued()).isFalse();
    assertThat(issuer.recorded("milvus")).isEqualTo(request);
  }

  /** A leaf as if the CA had signed it; who did does not matter here. */
  private void inForce(AcmeRequest request) {
    CertificateDirectory.ServerFiles files = certificates.serverFiles("milvus");
    certificates.adopt(
        request.leaf(),
        PemFiles.certificates(files.certificate()),
        PemFiles.privateKey(files.key()),
        request.storage());
    AcmeRecord.NONE
        .withComing(OrderedLeaf.of(leaf(), request), Optional.empty())
        .write(certificates.privateFolder("acme"), request.server());
  }

  private static AcmeRequest withProfile(AcmeRequest request) {
    AcmeSettings settings = request.settings();
    return new AcmeRequest(
        request.server(),
        request.names(),
        request.keyType(),
        request.storage(),
        new AcmeSettings(
            settings.directory(),
            settings.trust(),
            settings.email(),
            Optional.of("shortlived"),
            settings.challenge(),
            settings.httpPort(),
            settings.dnsHook()));
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
