package org.milvustls.client;

import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.InternalNettyChannelBuilder;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiator;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiators;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.channel.Channel;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.milvustls.tls.TlsMaterial;

/**
 * Opens gRPC channels that share one TLS context, one group of NIO event loops and one pool of
 * threads for name resolution and callbacks. (gRPC's own pool ends one second after its last
 * channel, and the next channel creates it again.) Every provider uses NIO, so that the transport
 * is the same for all.
 */
final class GrpcChannels implements AutoCloseable {
  private static final long SHUTDOWN_LIMIT_SECONDS = 5;

  private final ConnectionSettings settings;
  private final Optional<ReloadingTls> context;
  private final EventLoopGroup loops;
  private final ExecutorService calls;

  private GrpcChannels(
      ConnectionSettings settings,
      Optional<ReloadingTls> context,
      EventLoopGroup loops,
      ExecutorService calls) {
    this.settings = settings;
    this.context = context;
    this.loops = loops;
    this.calls = calls;
  }

  static GrpcChannels of(ConnectionSettings settings, Clock clock) {
    Optional<ReloadingTls> context =
        settings.tls().mode().isEncrypted()
            ? Optional.of(new ReloadingTls(settings.tls(), clock))
            : Optional.empty();
    return new GrpcChannels(
        settings,
        context,
        new NioEventLoopGroup(0, new DefaultThreadFactory("milvus-tls-client", true)),
        Executors.newCachedThreadPool(new DefaultThreadFactory("milvus-tls-calls", true)));
  }

  /** The certificates and keys in use; empty in plaintext. */
  Optional<TlsMaterial> material() {
    return context.map(ReloadingTls::material);
  }

  /** A channel that connects with its first call and reports each attempt. */
  ManagedChannel open(ConnectionLog log, CallHeaders headers) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(settings.host(), settings.port())
            .overrideAuthority(ConnectionSettings.hostPort(settings.serverName(), settings.port()))
            .eventLoopGroup(loops)
            .executor(calls)
            .offloadExecutor(calls)
            .channelFactory(() -> tapped(log))
            .maxInboundMessageSize(settings.maxMessageSize())
            .keepAliveTime(settings.keepAlive().interval().toMillis(), TimeUnit.MILLISECONDS)
            .keepAliveTimeout(settings.keepAlive().timeout().toMillis(), TimeUnit.MILLISECONDS)
            .keepAliveWithoutCalls(settings.keepAlive().withoutCalls())
            .idleTimeout(settings.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .intercept(headers);
    // gRPC searches the whole class path for the classes of OpenCensus, for each new channel.
    InternalNettyChannelBuilder.setStatsEnabled(builder, false);
    InternalNettyChannelBuilder.setTracingEnabled(builder, false);
    if (context.isPresent()) {
      InternalNettyChannelBuilder.setProtocolNegotiatorFactory(
          builder, new TlsOnEventLoop(context.get()));
    } else {
      builder.usePlaintext();
    }
    return builder.build();
  }

  /**
   * Runs the handshake on the event loop of its connection, as Netty does by default. {@code
   * NettyChannelBuilder.sslContext} runs each part on another thread.
   */
  private record TlsOnEventLoop(SslContext context)
      implements InternalProtocolNegotiator.ClientFactory {
    private static final int HTTPS = 443;

    @Override
    public InternalProtocolNegotiator.ProtocolNegotiator newNegotiator() {
      return InternalProtocolNegotiators.tls(context);
    }

    @Override
    public int getDefaultPort() {
      return HTTPS;
    }
  }

  /**
   * Creates the parts of a connection and discards them. A class or member that this gRPC lacks is
   * thus detected before the first connection.
   *
   * @throws LinkageError with the class or the member that is not there
   */
  void rehearse() {
    ConnectionLog log = new ConnectionLog(Clock.systemUTC());
    open(log, new CallHeaders(Optional.empty(), Optional.empty())).shutdownNow();
    tapped(log).unsafe().closeForcibly();
    MilvusServiceGrpc.getConnectMethod();
  }

  private Channel tapped(ConnectionLog log) {
    NioSocketChannel channel = new NioSocketChannel();
    channel.pipeline().addLast(new ConnectTap(log.begin(), context.isPresent(), log::ready));
    return channel;
  }

  /** Ends the event loops within five seconds and frees the context. */
  @Override
  public void close() {
    loops
        .shutdownGracefully(0, SHUTDOWN_LIMIT_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(SHUTDOWN_LIMIT_SECONDS, TimeUnit.SECONDS);
    calls.shutdown();
    context.ifPresent(ReloadingTls::close);
  }
}
