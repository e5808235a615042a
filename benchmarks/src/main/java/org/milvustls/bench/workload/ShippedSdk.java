package org.milvustls.bench.workload;

import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.v2.client.MilvusClientV2;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.bench.workload.Target.KeyPair;
import org.milvustls.client.ConnectionSettings;
import org.milvustls.client.SdkAsShipped;
import org.milvustls.tls.TlsMode;

/**
 * The SDK's own client behind types of the JDK only, because {@link SdkLoader} defines this class a
 * second time. Public only for the code of the other class loader.
 */
public final class ShippedSdk implements Function<String[], AutoCloseable> {
  private static final int LIMIT_SECONDS = 10;

  /** Public for {@link SdkLoader}. */
  public ShippedSdk() {}

  /**
   * The arguments of {@link #apply}: host, port, mode, CA, certificate, key, server name, given.
   */
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

  /** Connects; the result is also a {@code Supplier<Optional<SSLSession>>}. */
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

    @Override
    public Optional<SSLSession> get() {
      try {
        return new GrpcByName(client).session(LIMIT_SECONDS);
      } catch (ReflectiveOperationException e) {
        throw new WorkloadException("this version of the SDK calls its gRPC otherwise", e);
      }
    }

    @Override
    public void close() {
      client.close();
    }
  }

  /** Access to the gRPC of an SDK by class names, which only some versions relocate. */
  private static final class GrpcByName {
    private final Object channel;
    private final String grpc;

    GrpcByName(MilvusClientV2 client) throws ReflectiveOperationException {
      Field field = MilvusClientV2.class.getDeclaredField("channel");
      field.setAccessible(true);
      channel = field.get(client);
      String name = channel.getClass().getName();
      grpc = name.substring(0, name.indexOf(".grpc.") + ".grpc.".length());
    }

    /** The TLS session of the connection, as gRPC exposes it to the caller of an RPC. */
    Optional<SSLSession> session(int limitSeconds) throws ReflectiveOperationException {
      Class<?> descriptor = type("MethodDescriptor");
      Class<?> options = type("CallOptions");
      Class<?> clientCall = type("ClientCall");
      Object version = MilvusServiceGrpc.class.getMethod("getGetVersionMethod").invoke(null);
      Object call =
          type("Channel")
              .getMethod("newCall", descriptor, options)
              .invoke(channel, version, options.getField("DEFAULT").get(null));
      Future<?> answer =
          (Future<?>)
              type("stub.ClientCalls")
                  .getMethod("futureUnaryCall", clientCall, Object.class)
                  .invoke(null, call, GetVersionRequest.getDefaultInstance());
      await(answer, limitSeconds);
      Object attributes = clientCall.getMethod("getAttributes").invoke(call);
      Object key = type("Grpc").getField("TRANSPORT_ATTR_SSL_SESSION").get(null);
      return Optional.ofNullable(
          (SSLSession)
              type("Attributes").getMethod("get", type("Attributes$Key")).invoke(attributes, key));
    }

    private Class<?> type(String name) throws ClassNotFoundException {
      return Class.forName(grpc + name, true, channel.getClass().getClassLoader());
    }

    private static void await(Future<?> answer, int limitSeconds) {
      try {
        answer.get(limitSeconds, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new WorkloadException("interrupted while the SDK calls", e);
      } catch (ExecutionException | TimeoutException e) {
        throw new WorkloadException("the SDK got no answer", e);
      }
    }
  }
}
