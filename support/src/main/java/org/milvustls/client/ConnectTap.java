package org.milvustls.client;

import io.milvus.shaded.io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.channel.ChannelDuplexHandler;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.channel.ChannelPromise;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.OpenSslSessionContext;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.milvustls.tls.HandshakeParser;
import org.milvustls.tls.PeerProbe;
import org.milvustls.tls.PeerProbe.Language;

/**
 * Observes a connection from the first place in its pipeline until the server's HTTP/2 SETTINGS
 * arrive, and then removes itself. It changes nothing.
 */
// A promise carries the outcome of each write: the futures returned are those promises.
@SuppressWarnings("FutureReturnValueIgnored")
final class ConnectTap extends ChannelDuplexHandler {
  private static final int FIRST_WORDS = 16;

  private final ConnectAttempt attempt;
  private final Consumer<ConnectAttempt> onReady;
  private final @Nullable HandshakeParser parser;
  private boolean watching;

  /**
   * @param encrypted whether the connection has TLS; otherwise the first bytes of the server are
   *     SETTINGS
   */
  ConnectTap(ConnectAttempt attempt, boolean encrypted, Consumer<ConnectAttempt> onReady) {
    this.attempt = attempt;
    this.onReady = onReady;
    this.parser = encrypted ? new HandshakeParser() : null;
  }

  @Override
  public void connect(
      ChannelHandlerContext ctx,
      SocketAddress remote,
      @Nullable SocketAddress local,
      ChannelPromise promise) {
    promise.addListener(
        done -> {
          if (done.isSuccess()) {
            attempt.tcpConnected();
          } else if (done.cause() != null) {
            attempt.failed(done.cause());
          }
        });
    ctx.connect(remote, local, promise);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (parser != null && message instanceof ByteBuf bytes) {
      watchHandshake(ctx);
      for (ByteBuffer part : bytes.nioBuffers()) {
        parser.fromClient(part);
      }
      attempt.wire(parser);
    }
    ctx.write(message, promise);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (parser == null && message instanceof ByteBuf bytes) {
      firstPlaintext(ctx, bytes);
    } else if (parser == null) {
      ctx.pipeline().remove(this);
    } else if (message instanceof ByteBuf bytes) {
      for (ByteBuffer part : bytes.nioBuffers()) {
        parser.fromServer(part);
      }
      attempt.wire(parser);
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    attempt.failed(cause);
    ctx.fireExceptionCaught(cause);
  }

  /** The TLS handler is in the pipeline when its first bytes arrive. */
  private void watchHandshake(ChannelHandlerContext ctx) {
    SslHandler tls = watching ? null : ctx.pipeline().get(SslHandler.class);
    if (tls == null) {
      return;
    }
    watching = true;
    forgetUsedSession(tls.engine());
    tls.handshakeFuture()
        .addListener(
            done -> {
              if (done.isSuccess()) {
                finished(ctx, tls);
              } else if (done.cause() != null) {
                attempt.failed(done.cause());
              }
            });
  }

  /**
   * Removes a used session from Netty's cache. A BoringSSL client uses a TLS 1.3 session once. The
   * Netty inside the SDK (4.1.97) then marks it as used but leaves it in its cache. It drops the
   * ticket of the new connection because the entry exists, so every second handshake would be full.
   * A lookup of the used session makes Netty remove it. This happens right after the ClientHello.
   */
  private static void forgetUsedSession(SSLEngine engine) {
    SSLSession session = engine.getSession();
    if (session.getSessionContext() instanceof OpenSslSessionContext cache) {
      cache.getSession(session.getId());
    }
  }

  private void finished(ChannelHandlerContext ctx, SslHandler tls) {
    SSLEngine engine = tls.engine();
    attempt.tlsFinished(
        new ConnectAttempt.Handshake(
            engine.getClass().getName(),
            engine.getSession(),
            Optional.ofNullable(tls.applicationProtocol())));
    ctx.pipeline()
        .addAfter(ctx.pipeline().context(tls).name(), null, new FirstApplicationBytes(ctx));
  }

  private void firstPlaintext(ChannelHandlerContext ctx, ByteBuf bytes) {
    byte[] first = new byte[Math.min(bytes.readableBytes(), FIRST_WORDS)];
    bytes.getBytes(bytes.readerIndex(), first);
    Language language = PeerProbe.language(first);
    attempt.heard(language);
    if (language == Language.HTTP2_PLAINTEXT) {
      ready(ctx);
    } else {
      ctx.pipeline().remove(this);
    }
  }

  private void ready(ChannelHandlerContext ctx) {
    attempt.settingsReceived();
    onReady.accept(attempt);
    ctx.pipeline().remove(this);
  }

  /** Waits behind the TLS handler for the first decrypted bytes. */
  private final class FirstApplicationBytes extends ChannelInboundHandlerAdapter {
    private final ChannelHandlerContext tap;

    FirstApplicationBytes(ChannelHandlerContext tap) {
      this.tap = tap;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ready(tap);
      ctx.pipeline().remove(this);
      ctx.fireChannelRead(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      attempt.failed(cause);
      ctx.fireExceptionCaught(cause);
    }
  }
}
