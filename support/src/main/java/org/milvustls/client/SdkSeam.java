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
 * The one place that reaches into the Milvus SDK: makes a {@code MilvusClientV2} that works on a
 * channel of ours. The SDK has no public way for it. {@code new MilvusClientV2(null)} makes no
 * channel, and then lacks what is set here: the stub (public setter), the channel ({@code flush}
 * and {@code clientIsReady} use it, {@code close} closes it), the configuration ({@code
 * withTimeout}, iterators and the deadline of each call read it), and the database of its services.
 * An SDK in which one of these is missing or cannot be used is refused at construction. For that,
 * this class and {@link MilvusConnector} let the JVM link them without the SDK's gRPC: they pass
 * its objects on as the types that they have.
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

  /** Looks at the SDK on the class path; a failure names what it lacks. */
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
   * Uses the members on a client that is thrown away, so that an SDK that lacks none of them and
   * does not let them be used fails here and not at the first connection.
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

  /** Gives the client everything that the SDK's own constructor would have given it. */
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

  /** Tells the services of a client which database they work on. */
  void database(MilvusClientV2 client, String database) {
    try {
      initServices.invoke(client, database);
    } catch (ReflectiveOperationException e) {
      throw builtDifferently(e);
    }
  }

  /** The refusal of an SDK that lacks, or does not let be used, what the error says. */
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
