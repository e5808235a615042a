package org.milvustls.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerHelloReaderTest {
  private static final TestPki PKI = TestPki.named("ServerHello");

  private final ServerHelloReader reader = new ServerHelloReader();
  private final HandshakeParser parser = new HandshakeParser();

  private void handshake(TlsProvider provider, TlsProtocol protocol, NamedGroup... ofTheServer)
      throws Exception {
    TlsSettings settings =
        TlsSettings.builder(TlsMode.SERVER)
            .provider(provider)
            .trust(PKI.trust())
            .protocols(protocol)
            .namedGroups(NamedGroup.X25519, NamedGroup.SECP256R1, NamedGroup.SECP384R1)
            .build();
    ServerTls served =
        new ServerTls(
            TlsProvider.BORINGSSL,
            PKI.server("milvus.test"),
            Optional.empty(),
            List.of(protocol),
            List.of(),
            List.of(ofTheServer),
            Resumption.NEVER);
    try (NettyTls client = NettyTls.client(settings);
        NettyTls server = NettyTls.server(served)) {
      SSLEngine clientEngine = client.newEngine("milvus.test", 1);
      SSLEngine serverEngine = server.newServerEngine();
      new InMemory(clientEngine, serverEngine, this::read).run();
      NettyTls.release(clientEngine);
      NettyTls.release(serverEngine);
    }
  }

  private void read(boolean fromClient, byte[] bytes) {
    for (WireReader wire : List.of(reader, parser)) {
      if (fromClient) {
        wire.fromClient(ByteBuffer.wrap(bytes));
      } else {
        wire.fromServer(ByteBuffer.wrap(bytes));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"JDK, TLS_1_2", "JDK, TLS_1_3", "BORINGSSL, TLS_1_2", "BORINGSSL, TLS_1_3"})
  void says_what_the_parser_says(TlsProvider provider, TlsProtocol protocol) throws Exception {
    handshake(provider, protocol, NamedGroup.X25519, NamedGroup.SECP256R1);

    ServerHello seen = reader.serverHello().orElseThrow();
    ServerHello parsed = parser.serverHello().orElseThrow();
    assertThat(seen.protocol()).isEqualTo(protocol.jsseName()).isEqualTo(parsed.protocol());
    assertThat(seen.cipherSuite()).isEqualTo(parsed.cipherSuite());
    assertThat(seen.resumed()).isFalse();
  }

  @Test
  void a_hello_retry_request_is_no_server_hello() throws Exception {
    handshake(TlsProvider.JDK, TlsProtocol.TLS_1_3, NamedGroup.SECP384R1);

    assertThat(parser.helloRetryRequest()).isTrue();
    assertThat(reader.serverHello()).isEqualTo(parser.serverHello());
    assertThat(reader.serverHello().orElseThrow().namedGroup()).contains("secp384r1");
  }

  @Test
  void a_flight_that_is_cut_or_no_hello_says_nothing() {
    reader.fromClient(ByteBuffer.allocate(10));
    reader.fromServer(ByteBuffer.allocate(10));
    reader.fromServer(ByteBuffer.allocate(100));
    reader.fromServer(ByteBuffer.allocate(100).put(0, (byte) 22).put(5, (byte) 2).put(7, (byte) 1));

    assertThat(reader.serverHello()).isEmpty();
  }
}
