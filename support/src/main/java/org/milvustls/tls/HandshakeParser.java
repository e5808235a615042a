package org.milvustls.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses the unencrypted messages of both sides of a connection, the same for every provider: the
 * offer, the choice, the named group, a HelloRetryRequest, resumption, alerts before encryption,
 * and counts. It only observes. It accepts bytes in any fragmentation, stores little, and survives
 * garbage: unreadable parts are absent. For one thread at a time.
 *
 * <pre>{@code
 * HandshakeParser parser = new HandshakeParser();
 * parser.fromClient(bytesWritten);
 * parser.fromServer(bytesRead);
 * parser.serverHello().flatMap(ServerHello::namedGroup);   // x25519
 * }</pre>
 */
public final class HandshakeParser implements WireReader {
  private static final int CLIENT_HELLO = 1;
  private static final int SERVER_HELLO = 2;
  private static final int SERVER_KEY_EXCHANGE = 12;
  private static final int CERTIFICATE_REQUEST = 13;
  private static final int SERVER_HELLO_DONE = 14;

  private final RecordReader client = new RecordReader(new ClientSide());
  private final RecordReader server = new RecordReader(new ServerSide());
  private ByteBuffer offeredSessionId = ByteBuffer.allocate(0);
  private @Nullable ClientHello clientHello;
  private @Nullable ServerHello serverHello;
  private @Nullable TlsAlert alert;
  private @Nullable ServerHello retryRequest;
  private boolean certificateRequest;
  private boolean serverHelloDone;
  private @Nullable RecordReader lastSpeaker;
  private long clientFlights;
  private long serverFlights;

  @Override
  public void fromClient(ByteBuffer bytes) {
    if (bytes.hasRemaining() && lastSpeaker != client) {
      lastSpeaker = client;
      clientFlights++;
    }
    client.read(bytes);
  }

  @Override
  public void fromServer(ByteBuffer bytes) {
    if (bytes.hasRemaining() && lastSpeaker != server) {
      lastSpeaker = server;
      serverFlights++;
    }
    server.read(bytes);
  }

  /** The first ClientHello. */
  public Optional<ClientHello> clientHello() {
    return Optional.ofNullable(clientHello);
  }

  /** The ServerHello; absent until the server has sent it. */
  public Optional<ServerHello> serverHello() {
    return Optional.ofNullable(serverHello);
  }

  /** Whether the server asked for another key share first (RFC 8446 section 4.1.4). */
  public boolean helloRetryRequest() {
    return retryRequest != null;
  }

  /** The choice of the server in its HelloRetryRequest. */
  public Optional<ServerHello> retryRequest() {
    return Optional.ofNullable(retryRequest);
  }

  /** Whether the server has ended its first flight in the clear: TLS 1.2 and below. */
  public boolean serverHelloDone() {
    return serverHelloDone;
  }

  /** Whether the server requested a client certificate in the clear: TLS 1.2 only. */
  public boolean certificateRequest() {
    return certificateRequest;
  }

  /** The server's last alert in the clear. */
  public Optional<TlsAlert> alert() {
    return Optional.ofNullable(alert);
  }

  /** Whether the server has sent anything at all. */
  public boolean serverSpoke() {
    return server.bytes() > 0;
  }

  /** The first bytes of the server, at most 32; present when they are not a TLS record. */
  public Optional<byte[]> notTls() {
    return server.isNotTls() ? Optional.of(server.firstBytes()) : Optional.empty();
  }

  public WireCount clientCount() {
    return new WireCount(client.bytes(), client.records(), clientFlights);
  }

  public WireCount serverCount() {
    return new WireCount(server.bytes(), server.records(), serverFlights);
  }

  private final class ClientSide implements RecordReader.Listener {
    @Override
    public boolean wants(int messageType) {
      return messageType == CLIENT_HELLO && clientHello == null;
    }

    @Override
    public void message(int messageType, ByteBuffer body) {
      try {
        Hellos.Offer offer = Hellos.clientHello(body);
        clientHello = offer.hello();
        offeredSessionId = offer.sessionId();
      } catch (BufferUnderflowException | IllegalArgumentException garbled) {
        client.ciphered();
      }
    }

    @Override
    public void other(int recordType, int length) {
      if (recordType == RecordReader.CHANGE_CIPHER_SPEC) {
        client.ciphered();
      }
    }

    @Override
    public void alert(int level, int description) {}
  }

  private final class ServerSide implements RecordReader.Listener {
    @Override
    public boolean wants(int messageType) {
      return (messageType == SERVER_HELLO && serverHello == null)
          || (messageType == SERVER_KEY_EXCHANGE && serverHello != null)
          || messageType == CERTIFICATE_REQUEST
          || messageType == SERVER_HELLO_DONE;
    }

    @Override
    public void message(int messageType, ByteBuffer body) {
      try {
        switch (messageType) {
          case SERVER_HELLO -> serverHello(Hellos.serverHello(body, offeredSessionId));
          case SERVER_KEY_EXCHANGE -> keyExchange(Hellos.keyExchangeGroup(body));
          case CERTIFICATE_REQUEST -> certificateRequest = true;
          default -> serverHelloDone = true;
        }
      } catch (BufferUnderflowException | IllegalArgumentException garbled) {
        server.ciphered();
      }
    }

    private void serverHello(Hellos.Answer answer) {
      if (answer.retry()) {
        retryRequest = answer.hello();
      } else {
        serverHello = answer.hello();
      }
    }

    private void keyExchange(Optional<String> group) {
      ServerHello chosen = serverHello;
      if (chosen != null && chosen.namedGroup().isEmpty()) {
        serverHello =
            new ServerHello(
                chosen.protocol(), chosen.cipherSuite(), group, chosen.resumed(), chosen.ticket());
      }
    }

    /** After a HelloRetryRequest a change cipher spec means nothing (RFC 8446 appendix D.4). */
    @Override
    public void other(int recordType, int length) {
      if (recordType == RecordReader.CHANGE_CIPHER_SPEC && serverHello != null) {
        server.ciphered();
      }
    }

    @Override
    public void alert(int level, int description) {
      alert = TlsAlert.of(description);
    }
  }
}
