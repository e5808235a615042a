package org.milvustls.tls;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads only the ServerHello of a handshake, cheaply enough for every operation of a benchmark.
 * Accepts whole flights only; {@link HandshakeParser} accepts any fragmentation and reads all
 * messages. For one thread at a time.
 */
public final class ServerHelloReader implements WireReader {
  private static final int RECORD_HEADER = 5;
  private static final int BODY = RECORD_HEADER + 4;

  /** A version and a random come before the session identifier, in both hellos. */
  private static final int SESSION_ID = BODY + 2 + 32;

  private static final int SERVER_HELLO = 2;

  private ByteBuffer offeredSessionId = ByteBuffer.allocate(0);
  private @Nullable ServerHello serverHello;
  private boolean clientSpoke;

  /** Keeps the session identifier of the first flight, which TLS 1.2 resumption echoes. */
  @Override
  public void fromClient(ByteBuffer flight) {
    if (!clientSpoke && flight.remaining() > SESSION_ID) {
      byte[] id = new byte[flight.get(flight.position() + SESSION_ID) & 0xff];
      if (SESSION_ID + 1 + id.length <= flight.remaining()) {
        flight.get(flight.position() + SESSION_ID + 1, id);
        offeredSessionId = ByteBuffer.wrap(id);
      }
      clientSpoke = true;
    }
    flight.position(flight.limit());
  }

  @Override
  public void fromServer(ByteBuffer flight) {
    if (serverHello == null && beginsWithServerHello(flight)) {
      int start = flight.position();
      int length = flight.getInt(start + RECORD_HEADER) & 0xffffff;
      if (BODY + length <= flight.remaining()) {
        Hellos.Answer answer =
            Hellos.serverHello(flight.slice(start + BODY, length), offeredSessionId);
        serverHello = answer.retry() ? null : answer.hello();
      }
    }
    flight.position(flight.limit());
  }

  private static boolean beginsWithServerHello(ByteBuffer flight) {
    return flight.remaining() > SESSION_ID
        && flight.get(flight.position()) == RecordReader.HANDSHAKE
        && flight.get(flight.position() + RECORD_HEADER) == SERVER_HELLO;
  }

  /** The ServerHello; absent until a flight has begun with one. */
  public Optional<ServerHello> serverHello() {
    return Optional.ofNullable(serverHello);
  }
}
