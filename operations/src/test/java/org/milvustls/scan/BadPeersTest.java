package org.milvustls.scan;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.milvustls.MilvusTlsException;
import org.milvustls.monitor.Peers;
import org.milvustls.pki.AuthorityRequest;
import org.milvustls.pki.CertificateAuthority;
import org.milvustls.pki.IssuedCertificate;

/** A scan of what is no TLS listener says what it is, and does not hang. */
@Timeout(600)
class BadPeersTest {
  private final Peers peers = new Peers();

  @AfterEach
  void stop() {
    peers.close();
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertScan(String host, int port) {
    return assertThatThrownBy(
            () ->
                new TlsScanner(Clock.systemUTC())
                    .scan(ScanTarget.of(host, port).within(Duration.ofMillis(400))))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("'" + host + ":" + port + "'");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertScan(ServerSocket peer) {
    return assertScan("localhost", peer.getLocalPort());
  }

  @Test
  void an_unknown_host() {
    assertScan("nowhere.invalid", 19530).hasMessageStartingWith("no such host");
  }

  @Test
  void a_closed_port() throws Exception {
    assertScan("localhost", Peers.closedPort()).hasMessageStartingWith("cannot connect: ");
  }

  @Test
  void a_listener_that_says_nothing() throws Exception {
    try (ServerSocket silent = peers.silent()) {
      assertScan(silent)
          .hasMessageStartingWith("the listener says nothing, neither to TLS nor to plaintext");
    }
  }

  @Test
  void a_listener_that_sends_one_byte_after_the_other_for_ever() throws Exception {
    try (ServerSocket dripping = peers.dripping()) {
      assertScan(dripping)
          .hasMessageStartingWith(
              "the listener begins to answer in TLS and does not end within 400 ms");
    }
  }

  @Test
  void a_listener_of_http() throws Exception {
    try (ServerSocket http = peers.http()) {
      assertScan(http)
          .hasMessageStartingWith(
              "the listener speaks HTTP/1 in plaintext, as Milvus on its REST and metrics ports");
    }
  }

  @Test
  void a_listener_of_garbage() throws Exception {
    try (ServerSocket garbage = peers.saying("\1\2\3\4\5\6\7\10\11 garbage")) {
      assertScan(garbage).hasMessageStartingWith("the listener does not speak TLS");
    }
  }

  @Test
  void a_listener_that_closes_at_once() throws Exception {
    try (ServerSocket closing = peers.closing()) {
      assertScan(closing)
          .hasMessageStartingWith(
              "the listener closes the connection without a word, to TLS and to plaintext");
    }
  }

  @Test
  void a_chain_of_a_megabyte() throws Exception {
    CertificateAuthority root =
        CertificateAuthority.root(AuthorityRequest.root("R"), Clock.systemUTC());
    IssuedCertificate leaf = root.issueServer("milvus", "localhost");
    List<X509Certificate> chain = new ArrayList<>(leaf.chain());
    chain.add(Peers.megabyte());
    try (ServerSocket large = peers.tls(leaf, chain, root.certificate(), false)) {
      assertScan(large)
          .hasMessageStartingWith(
              "the listener accepts TLS, but the JDK cannot shake hands with it")
          .hasMessageContaining("exceeds the maximum allowed size (32768)");
    }
  }
}
