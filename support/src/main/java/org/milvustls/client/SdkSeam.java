package org.milvustls.client;

import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.shaded.io.grpc.Channel;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;

/**
 * The only access to internals of the Milvus SDK: makes a {@code MilvusClientV2} on a channel of
 * this library. The SDK has no public way for it. {@code new MilvusClientV2(null)} makes no
 * channel. This class sets the missing parts: the stub (public setter), the channel ({@code flush}
 * and {@code clientIsReady} use it, {@code close} closes it), the configuration ({@code
 * withTimeout}, iterators and the deadline of each call read it), and the database of its services.
 * An SDK without one of these, or without access to it, is refused at construction. For that, the
 * JVM must link this class and {@link MilvusConnector} without the SDK's gRPC, so they pass its
 * objects on as the types that they have.
 */
final class SdkSeam {
  private final Field channelField;
  private final Field configField;
  private final Method initServices;

  private SdkSeam(Field channelField, Field configField, Method initServices) {
    this.channelField = channelField;
    this.configField = configField;
    this.initServices = initServices;
  }

  /** Inspects the SDK on the class path; a failure names the missing part. */
  static SdkSeam find() {
    return find(MilvusClientV2.class);
  }

  static SdkSeam find(Class<?> client) {
    try {
      Field channel = field(client, "channel", ManagedChannel.class);
      Field config = field(client, "connectConfig", ConnectConfig.class);
      Method init = client.getDeclaredMethod("initServices", String.class);
      init.setAccessible(true);
      client.getMethod("setBlockingStub", MilvusServiceBlockingStub.class);
      return new SdkSeam(channel, config, init);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      throw builtDifferently(e);
    }
  }

  /**
   * Uses the members once on a client that is discarded. An SDK that has them but forbids their use
   * thus fails here, not at the first connection.
   */
  SdkSeam rehearsedOn(Supplier<MilvusClientV2> idle) {
    try {
      MilvusClientV2 client = idle.get();
      channelField.set(client, null);
      configField.set(client, null);
      initServices.invoke(client, "default");
      return this;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      throw builtDifferently(e);
    }
  }

  /** Sets every part of the client that the SDK's own constructor would set. */
  void attach(
      MilvusClientV2 client, Channel channel, ConnectConfig config, @Nullable String database) {
    try {
      channelField.set(client, channel);
      configField.set(client, config);
      client.setBlockingStub(MilvusServiceGrpc.newBlockingStub(channel).withWaitForReady());
      initServices.invoke(client, database);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw builtDifferently(e);
    }
  }

  /** Sets the database of a client's services. */
  void database(MilvusClientV2 client, String database) {
    try {
      initServices.invoke(client, database);
    } catch (ReflectiveOperationException e) {
      throw builtDifferently(e);
    }
  }

  /**
   * The refusal of an SDK with different internals; the error names the missing or inaccessible
   * part.
   */
  static MilvusTlsException builtDifferently(Throwable e) {
    Throwable error =
        e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
    String said = (error instanceof NoClassDefFoundError ? "no class " : "") + error.getMessage();
    return MilvusTlsException.failure("this version of the Milvus SDK is built differently inside")
        .seen("milvus-sdk-java " + BundledBoringSsl.sdkVersion() + ": " + said)
        .allowed("milvus-sdk-java 2.6.22")
        .next("use the version of the SDK that this project names in its pom.xml")
        .cause(e)
        .build();
  }

  private static Field field(Class<?> owner, String name, Class<?> type)
      throws NoSuchFieldException {
    Field field = owner.getDeclaredField(name);
    if (field.getType() != type) {
      throw new NoSuchFieldException(name + " is a " + field.getType().getName());
    }
    field.setAccessible(true);
    return field;
  }
}
