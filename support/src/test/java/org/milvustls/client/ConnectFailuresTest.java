package org.milvustls.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.milvustls.pki.LeafRequest;
import org.milvustls.tls.ConnectStep;
import org.milvustls.tls.FakePeer;
import org.milvustls.tls.HandshakeFailure.Reason;
import org.milvustls.tls.Identity;
import org.milvustls.tls.TestPki;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;
import org.milvustls.tls.TrustSource;

/** Each way in which a connection fails, against a real peer that is set up so. */
class ConnectFailuresTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration UNTIL_SILENCE_IS_A_FAILURE = Duration.ofSeconds(3);
  private static TestPki pki;

  @BeforeAll
  static void issue() {
    pki = TestPki.named("Test");
  }

  private static TlsSettings.Builder tls(TlsProvider provider) {
    return TlsSettings.builder(TlsMode.SERVER).provider(provider).trust(pki.trust());
  }

  private static void fails(
      FakePeer peer, TlsSettings tls, ConnectStep step, Reason reason, String... words) {
    try (peer) {
      fails("localhost", peer.port(), tls, step, reason, words);
    }
  }

  private static void fails(
      String host, int port, TlsSettings tls, ConnectStep step, Reason reason, String... words) {
    Duration limit = reason == Reason.TIMEOUT ? UNTIL_SILENCE_IS_A_FAILURE : LIMIT;
    ConnectionSettings settings =
        ConnectionSettings.builder(host, port, tls).connectTimeout(limit).build();
    assertThatThrownBy(() -> SecureMilvus.connect(settings))
        .isInstanceOfSatisfying(
            ConnectionFailedException.class,
            e -> {
              assertThat(e.failure().orElseThrow().reason()).as(e.getMessage()).isEqualTo(reason);
              assertThat(e.step()).isEqualTo(step);
              assertThat(e.getCause()).isNotNull();
            })
        .hasMessageContainingAll(words)
        .hasMessageContaining("next: ");
  }

  @Nested
  class Certificate_of_the_server {
    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void expired(TlsProvider provider) {
      Identity old =
          pki.serverValidFrom(
              Instant.now().minus(Duration.ofDays(100)), Duration.ofDays(90), "localhost");
      fails(
          FakePeer.tls(old),
          tls(provider).build(),
          ConnectStep.TLS,
          Reason.EXPIRED,
          "'CN=server",
          "expired on ",
          "10 days ago",
          "restart Milvus");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void not_yet_valid(TlsProvider provider) {
      Identity early =
          pki.serverValidFrom(
              Instant.now().plus(Duration.ofHours(5)), Duration.ofDays(90), "localhost");
      fails(
          FakePeer.tls(early),
          tls(provider).build(),
          ConnectStep.TLS,
          Reason.NOT_YET_VALID,
          "is valid from ",
          "in 4 hours",
          "check this machine's clock");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void of_another_name(TlsProvider provider) {
      fails(
          FakePeer.tls(pki.server("milvus.test", "10.0.0.7")),
          tls(provider).build(),
          ConnectStep.TLS,
          Reason.NAME_MISMATCH,
          "is for milvus.test, 10.0.0.7, not for 'localhost'");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void of_an_unknown_ca(TlsProvider provider) {
      fails(
          FakePeer.tls(TestPki.named("Stranger").server("localhost")),
          tls(provider).build(),
          ConnectStep.TLS,
          Reason.UNTRUSTED_ISSUER,
          "leads to the issuer 'CN=Stranger root",
          "trusted: CN=Test root");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void of_another_ca_with_the_same_name(TlsProvider provider) {
      fails(
          FakePeer.tls(TestPki.named("Test").server("localhost")),
          tls(provider).build(),
          ConnectStep.TLS,
          Reason.UNTRUSTED_ISSUER,
          "another CA of the same name did");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void without_its_intermediate(TlsProvider provider) {
      fails(
          FakePeer.tls(TestPki.leafOnly(pki.server("localhost"))),
          tls(provider).build(),
          ConnectStep.TLS,
          Reason.UNTRUSTED_ISSUER,
          "leads to the issuer 'CN=Test intermediate",
          "let the server send its intermediate certificate too");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void self_signed(TlsProvider provider) {
      Identity ca = TestPki.selfSigned("localhost");
      fails(
          FakePeer.tls(ca),
          tls(provider).build(),
          ConnectStep.TLS,
          Reason.SELF_SIGNED,
          "signed itself");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void for_clients_only(TlsProvider provider) {
      Identity wrong = TestPki.identity(pki.intermediate().issue(LeafRequest.client("localhost")));
      fails(
          FakePeer.tls(wrong),
          tls(provider).build(),
          ConnectStep.TLS,
          Reason.WRONG_USAGE,
          "may not be used by a server",
          "serverAuth");
    }
  }

  @Nested
  class Nothing_in_common {
    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void in_protocols(TlsProvider provider) {
      FakePeer old =
          FakePeer.tls(
              pki.server("localhost"),
              parameters -> {
                parameters.setProtocols(new String[] {"TLSv1.2"});
                return parameters;
              });
      fails(
          old,
          tls(provider).protocols(TlsProtocol.TLS_1_3).build(),
          ConnectStep.TLS,
          Reason.NO_COMMON_PROTOCOL,
          "asked for [tls1.3]");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void in_cipher_suites(TlsProvider provider) {
      FakePeer other =
          FakePeer.tls(
              pki.server("localhost"),
              parameters -> {
                parameters.setCipherSuites(
                    new String[] {"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"});
                return parameters;
              });
      fails(
          other,
          tls(provider)
              .protocols(TlsProtocol.TLS_1_2)
              .cipherSuites("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
              .build(),
          ConnectStep.TLS,
          Reason.NO_COMMON_CIPHER_SUITE_OR_GROUP,
          "the offer of [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]",
          "handshake_failure (40)");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void in_application_protocols(TlsProvider provider) {
      FakePeer http1 =
          FakePeer.tls(
              pki.server("localhost"),
              parameters -> {
                parameters.setApplicationProtocols(new String[0]);
                return parameters;
              });
      fails(
          http1,
          tls(provider).build(),
          ConnectStep.HTTP2,
          Reason.ALPN_REFUSED,
          "does not offer HTTP/2");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void in_application_protocols_and_the_server_says_so(TlsProvider provider) {
      FakePeer http1 =
          FakePeer.tls(
              pki.server("localhost"),
              parameters -> {
                parameters.setApplicationProtocols(new String[] {"http/1.1"});
                return parameters;
              });
      fails(
          http1,
          tls(provider).build(),
          ConnectStep.TLS,
          Reason.ALPN_REFUSED,
          "does not offer HTTP/2");
    }
  }

  @Nested
  class Listener_that {
    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void says_nothing(TlsProvider provider) {
      fails(
          FakePeer.silent(),
          tls(provider).build(),
          ConnectStep.TLS,
          Reason.TIMEOUT,
          "within 3000 ms at the step TLS",
          "accepted the connection and said nothing");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void closes(TlsProvider provider) {
      fails(
          FakePeer.closing(),
          tls(provider).build(),
          ConnectStep.TLS,
          Reason.CONNECTION_CLOSED,
          "closed the connection",
          "at the step TLS");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void resets(TlsProvider provider) {
      fails(
          FakePeer.resetting(),
          tls(provider).build(),
          ConnectStep.TLS,
          Reason.CONNECTION_CLOSED,
          "closed the connection");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void speaks_http_1(TlsProvider provider) {
      fails(
          FakePeer.saying("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
          tls(provider).build(),
          ConnectStep.TLS,
          Reason.SERVER_SPEAKS_PLAINTEXT,
          "speaks HTTP/1 in plaintext");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void speaks_garbage(TlsProvider provider) {
      fails(
          FakePeer.saying(HexFormat.of().parseHex("deadbeefdeadbeef")),
          tls(provider).build(),
          ConnectStep.TLS,
          Reason.SERVER_SPEAKS_PLAINTEXT,
          "does not speak TLS (its first bytes: deadbeefdeadbeef)");
    }

    @Test
    void speaks_tls_while_plaintext_was_asked() {
      fails(
          FakePeer.tls(pki.server("localhost")),
          TlsSettings.plaintext(),
          ConnectStep.TLS,
          Reason.SERVER_SPEAKS_TLS,
          "speaks TLS and was spoken to in plaintext");
    }

    @Test
    void is_not_there() {
      FakePeer gone = FakePeer.silent();
      gone.close();
      fails(
          "localhost",
          gone.port(),
          tls(TlsProvider.JDK).build(),
          ConnectStep.TCP,
          Reason.CONNECTION_REFUSED,
          "Nothing listens on localhost:");
    }

    @Test
    void has_no_address() {
      fails(
          "no-such-host.invalid",
          19530,
          tls(TlsProvider.JDK).build(),
          ConnectStep.RESOLVE,
          Reason.UNKNOWN_HOST,
          "The host of no-such-host.invalid:19530 has no address");
    }
  }

  @Test
  void an_expired_certificate_is_refused_even_if_it_is_trusted_itself() {
    Identity old =
        pki.serverValidFrom(
            Instant.now().minus(Duration.ofDays(100)), Duration.ofDays(90), "localhost");
    TlsSettings tls =
        TlsSettings.builder(TlsMode.SERVER)
            .trust(TrustSource.certificates(List.of(old.load().leaf())))
            .build();
    fails(FakePeer.tls(old), tls, ConnectStep.TLS, Reason.EXPIRED, "expired on");
  }
}
