package org.milvustls.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeParserTest {
  /** One piece of a conversation. */
  private record Piece(boolean fromClient, ByteBuffer bytes) {}

  private static List<Piece> conversation(TlsProvider provider, TlsProtocol protocol)
      throws Exception {
    TestPki pki = TestPki.named("Parser");
    TlsSettings settings =
        TlsSettings.builder(TlsMode.SERVER)
            .provider(provider)
            .trust(pki.trust())
            .protocols(protocol)
            .build();
    try (NettyTls client = NettyTls.client(settings);
        NettyTls server = NettyTls.server(ServerTls.of(provider, pki.server("milvus.test")))) {
      List<Piece> pieces = new ArrayList<>();
      SSLEngine clientEngine = client.newEngine("milvus.test", 1);
      SSLEngine serverEngine = server.newServerEngine();
      new InMemory(
              clientEngine,
              serverEngine,
              (fromClient, bytes) -> pieces.add(new Piece(fromClient, ByteBuffer.wrap(bytes))))
          .run();
      NettyTls.release(clientEngine);
      NettyTls.release(serverEngine);
      return pieces;
    }
  }

  private static HandshakeParser parse(List<Piece> pieces, Random random) {
    HandshakeParser parser = new HandshakeParser();
    for (Piece piece : pieces) {
      ByteBuffer rest = piece.bytes().duplicate();
      while (rest.hasRemaining()) {
        int length = Math.min(rest.remaining(), 1 + random.nextInt(1 + random.nextInt(200)));
        ByteBuffer part = rest.slice(rest.position(), length);
        rest.position(rest.position() + length);
        if (piece.fromClient()) {
          parser.fromClient(part);
        } else {
          parser.fromServer(part);
        }
      }
    }
    return parser;
  }

  @ParameterizedTest
  @CsvSource({"JDK, TLS_1_2", "JDK, TLS_1_3", "BORINGSSL, TLS_1_2", "BORINGSSL, TLS_1_3"})
  void says_the_same_in_any_fragmentation(TlsProvider provider, TlsProtocol protocol)
      throws Exception {
    List<Piece> pieces = conversation(provider, protocol);
    HandshakeParser whole = parse(pieces, new Random(0));
    assertThat(whole.serverHello().orElseThrow().protocol()).isEqualTo(protocol.jsseName());
    for (int seed = 1; seed <= 500; seed++) {
      HandshakeParser parts = parse(pieces, new Random(seed));
      assertThat(parts.clientHello()).as("seed %d", seed).isEqualTo(whole.clientHello());
      assertThat(parts.serverHello()).as("seed %d", seed).isEqualTo(whole.serverHello());
      assertThat(parts.serverCount()).as("seed %d", seed).isEqualTo(whole.serverCount());
      assertThat(parts.clientCount()).as("seed %d", seed).isEqualTo(whole.clientCount());
    }
  }

  @Nested
  class Survives {
    @Test
    void a_conversation_with_bytes_changed_at_random() throws Exception {
      List<Piece> pieces = conversation(TlsProvider.JDK, TlsProtocol.TLS_1_2);
      for (int seed = 1; seed <= 2000; seed++) {
        Random random = new Random(seed);
        HandshakeParser parser = parse(changed(pieces, random), random);
        assertThat(parser.clientCount().bytes()).as("seed %d", seed).isPositive();
      }
    }

    @Test
    void nothing_but_noise() {
      for (int seed = 1; seed <= 2000; seed++) {
        Random random = new Random(seed);
        byte[] noise = new byte[random.nextInt(400)];
        random.nextBytes(noise);
        HandshakeParser parser = new HandshakeParser();
        parser.fromServer(ByteBuffer.wrap(noise));
        parser.fromClient(ByteBuffer.wrap(noise));
        assertThat(parser.serverCount().bytes()).isEqualTo(noise.length);
        assertThat(parser.serverHello()).isEmpty();
      }
    }

    @Test
    void a_message_that_claims_16_megabytes() {
      HandshakeParser parser = new HandshakeParser();
      parser.fromServer(ByteBuffer.wrap(HexFormat.of().parseHex("1603034000" + "02ffffff")));
      byte[] record = new byte[1 << 14];
      for (int i = 0; i < 2000; i++) {
        parser.fromServer(ByteBuffer.wrap(record));
      }
      assertThat(parser.serverHello()).isEmpty();
    }

    private static List<Piece> changed(List<Piece> pieces, Random random) {
      List<Piece> result = new ArrayList<>();
      for (Piece piece : pieces) {
        byte[] copy = new byte[piece.bytes().remaining()];
        piece.bytes().duplicate().get(copy);
        for (int i = 0; i < 3; i++) {
          copy[random.nextInt(copy.length)] = (byte) random.nextInt();
        }
        result.add(new Piece(piece.fromClient(), ByteBuffer.wrap(copy)));
      }
      return result;
    }
  }

  @Nested
  class Tells {
    @Test
    void http_from_tls() {
      HandshakeParser parser = new HandshakeParser();
      parser.fromServer(
          ByteBuffer.wrap("HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII)));
      assertThat(PeerProbe.language(parser.notTls().orElseThrow()))
          .isEqualTo(PeerProbe.Language.HTTP1_PLAINTEXT);
    }

    @Test
    void http2_settings_from_tls() {
      HandshakeParser parser = new HandshakeParser();
      parser.fromServer(ByteBuffer.wrap(HexFormat.of().parseHex("000006040000000000000500004000")));
      assertThat(PeerProbe.language(parser.notTls().orElseThrow()))
          .isEqualTo(PeerProbe.Language.HTTP2_PLAINTEXT);
    }

    @Test
    void which_alert_the_server_sent() {
      HandshakeParser parser = new HandshakeParser();
      parser.fromServer(ByteBuffer.wrap(HexFormat.of().parseHex("15030300020246")));
      assertThat(parser.alert()).contains(TlsAlert.of(70));
      assertThat(parser.alert().orElseThrow()).hasToString("protocol_version (70)");
      assertThat(parser.notTls()).isEmpty();
    }

    @Test
    void nothing_when_nothing_came() {
      HandshakeParser parser = new HandshakeParser();
      assertThat(parser.serverSpoke()).isFalse();
      assertThat(parser.serverCount()).isEqualTo(new WireCount(0, 0, 0));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Received fatal alert: bad_certificate | 42",
        "(bad_certificate) Received fatal alert: bad_certificate | 42",
        "error:10000412:SSL routines:OPENSSL_internal:SSLV3_ALERT_BAD_CERTIFICATE | 42",
        "error:1000042e:SSL routines:OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION | 70",
        "error:1000045c:SSL routines:OPENSSL_internal:TLSV1_CERTIFICATE_REQUIRED | 116"
      })
  void reads_the_alert_in_the_messages_of_both_providers(String message, int number) {
    assertThat(TlsAlert.in(message)).map(TlsAlert::number).contains(number);
  }

  @Test
  void a_failure_of_our_own_is_not_a_received_alert() {
    assertThat(TlsAlert.in("error:10000070:SSL routines:OPENSSL_internal:BAD_PACKET_LENGTH"))
        .isEmpty();
    assertThat(TlsAlert.in("PKIX path building failed")).isEmpty();
  }
}
