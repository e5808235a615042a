package org.milvustls.bench.workload;

import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.shaded.io.grpc.CallOptions;
import io.milvus.shaded.io.grpc.Channel;
import io.milvus.shaded.io.grpc.ClientCall;
import io.milvus.shaded.io.grpc.ClientInterceptor;
import io.milvus.shaded.io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.milvus.shaded.io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.milvus.shaded.io.grpc.Grpc;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.MethodDescriptor;
import io.milvus.v2.client.MilvusClientV2;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.bench.workload.Target.KeyPair;
import org.milvustls.client.ConnectionSettings;
import org.milvustls.client.SdkAsShipped;
import org.milvustls.tls.TlsMode;

/**
 * The SDK's own client, behind types of the JDK only: {@link SdkLoader} defines this class a second
 * time. Public because it is made from the other side of that border; not for others.
 */
public final class ShippedSdk implements Function<String[], AutoCloseable> {
  private static final int LIMIT_SECONDS = 10;

  /** Public for {@link SdkLoader}. */
  public ShippedSdk() {}

  /** What {@link #apply} takes: host, port, mode, CA, certificate, key, server name, given. */
  static String[] arguments(Endpoint endpoint, Optional<Credentials> credentials) {
    Optional<KeyPair> client = credentials.flatMap(Credentials::client);
    return new String[] {
      endpoint.host(),
      String.valueOf(endpoint.port()),
      endpoint.mode().id(),
      credentials.map(c -> c.trustAnchors().toString()).orElse(""),
      client.map(pair -> pair.certificate().toString()).orElse(""),
      client.map(pair -> pair.key().toString()).orElse(""),
      credentials.flatMap(Credentials::serverName).orElse(""),
      String.valueOf(endpoint.given())
    };
  }

  /** Connects; what comes back also is a {@code Supplier<Optional<SSLSession>>}. */
  @Override
  public AutoCloseable apply(String[] arguments) {
    Endpoint endpoint =
        new Endpoint(
            arguments[0],
            Integer.parseInt(arguments[1]),
            TlsMode.of(arguments[2]),
            Optional.empty(),
            Boolean.parseBoolean(arguments[7]));
    Optional<Credentials> credentials =
        endpoint.mode().isEncrypted()
            ? Optional.of(
                new Credentials(
                    Path.of(arguments[3]),
                    arguments[4].isEmpty()
                        ? Optional.empty()
                        : Optional.of(new KeyPair(Path.of(arguments[4]), Path.of(arguments[5]))),
                    Optional.of(arguments[6]).filter(name -> !name.isEmpty())))
            : Optional.empty();
    ConnectionSettings settings =
        Connections.settings(endpoint, Connections.defaults(endpoint.mode(), credentials));
    return new Client(SdkAsShipped.connect(settings));
  }

  private record Client(MilvusClientV2 client)
      implements AutoCloseable, Supplier<Optional<SSLSession>> {

    /** The TLS session of the connection, as gRPC tells it to an interceptor of a call. */
    @Override
    public Optional<SSLSession> get() {
      SessionOfCall session = new SessionOfCall();
      MilvusServiceGrpc.newBlockingStub(channel())
          .withInterceptors(session)
          .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
          .getVersion(GetVersionRequest.getDefaultInstance());
      return Optional.ofNullable(session.seen.get());
    }

    private Channel channel() {
      try {
        Field field = MilvusClientV2.class.getDeclaredField("channel");
        field.setAccessible(true);
        return (Channel) field.get(client);
      } catch (ReflectiveOperationException e) {
        throw new WorkloadException("this version of the SDK holds its channel elsewhere", e);
      }
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private static final class SessionOfCall implements ClientInterceptor {
    private final AtomicReference<@Nullable SSLSession> seen = new AtomicReference<>();

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      ClientCall<Q, A> call = next.newCall(method, options);
      return new SimpleForwardingClientCall<>(call) {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
          super.start(
              new SimpleForwardingClientCallListener<>(listener) {
                @Override
                public void onHeaders(Metadata answered) {
                  seen.set(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
                  super.onHeaders(answered);
                }
              },
              headers);
        }
      };
    }
  }
}
