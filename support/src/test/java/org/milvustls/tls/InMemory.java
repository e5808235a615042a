package org.milvustls.tls;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Lets two engines talk in memory and shows what goes over the wire. */
final class InMemory {
  private static final int ROUNDS = 50;

  private final SSLEngine client;
  private final SSLEngine server;
  private final BiConsumer<Boolean, byte[]> wire;
  private final ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
  private final ByteBuffer toClient = ByteBuffer.allocate(1 << 17);

  /**
   * @param wire receives bytes; true for those of the client
   */
  InMemory(SSLEngine client, SSLEngine server, BiConsumer<Boolean, byte[]> wire) {
    this.client = client;
    this.server = server;
    this.wire = wire;
  }

  static HandshakeParser handshake(SSLEngine client, SSLEngine server) throws SSLException {
    HandshakeParser parser = new HandshakeParser();
    try {
      new InMemory(
              client,
              server,
              (fromClient, bytes) -> {
                if (fromClient) {
                  parser.fromClient(ByteBuffer.wrap(bytes));
                } else {
                  parser.fromServer(ByteBuffer.wrap(bytes));
                }
              })
          .run();
      return parser;
    } finally {
      NettyTls.release(client);
      NettyTls.release(server);
    }
  }

  /** Handshake, then one byte of data each way, so that tickets are read. */
  void run() throws SSLException {
    client.beginHandshake();
    server.beginHandshake();
    for (int i = 0; i < ROUNDS && !(done(client) && done(server)); i++) {
      step(client, toServer, toClient, true);
      step(server, toClient, toServer, false);
    }
    if (!done(client) || !done(server)) {
      throw new SSLException("the handshake does not end");
    }
    data(server, toClient, false);
    unwrap(client, toClient);
    data(client, toServer, true);
    unwrap(server, toServer);
  }

  private void step(SSLEngine engine, ByteBuffer out, ByteBuffer in, boolean isClient)
      throws SSLException {
    unwrap(engine, in);
    for (int i = 0; i < ROUNDS; i++) {
      tasks(engine);
      HandshakeStatus status = engine.getHandshakeStatus();
      if (status != HandshakeStatus.NEED_WRAP) {
        return;
      }
      wrap(engine, ByteBuffer.allocate(0), out, isClient);
    }
  }

  private void data(SSLEngine engine, ByteBuffer out, boolean isClient) throws SSLException {
    wrap(engine, ByteBuffer.wrap(new byte[] {1}), out, isClient);
  }

  private void wrap(SSLEngine engine, ByteBuffer source, ByteBuffer out, boolean isClient)
      throws SSLException {
    int before = out.position();
    engine.wrap(source, out);
    byte[] bytes = new byte[out.position() - before];
    out.get(before, bytes);
    wire.accept(isClient, bytes);
  }

  private static void unwrap(SSLEngine engine, ByteBuffer in) throws SSLException {
    in.flip();
    ByteBuffer plain = ByteBuffer.allocate(1 << 16);
    for (int i = 0; i < ROUNDS; i++) {
      SSLEngineResult result = engine.unwrap(in, plain);
      tasks(engine);
      boolean stuck = result.bytesConsumed() == 0 && result.bytesProduced() == 0;
      boolean again = engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP_AGAIN;
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP || (stuck && !again)) {
        break;
      }
    }
    in.compact();
  }

  private static void tasks(SSLEngine engine) {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  private static boolean done(SSLEngine engine) {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
  }
}
