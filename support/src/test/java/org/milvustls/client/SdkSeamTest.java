package org.milvustls.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milvustls.MilvusTlsException;

/** Fails when an upgrade of the SDK moves what the seam holds on to. */
class SdkSeamTest {
  @Test
  void the_sdk_on_the_class_path_has_all_that_the_seam_sets() {
    assertThat(SdkSeam.find()).isNotNull();
  }

  @Test
  void an_sdk_built_otherwise_is_refused_with_its_version() {
    assertThatThrownBy(() -> SdkSeam.find(String.class))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("this version of the Milvus SDK is built differently inside")
        .hasMessageContaining("milvus-sdk-java 2.6.22")
        .hasMessageContaining("next: use the version of the SDK");
  }

  /** Has every member that the seam looks for, and does not let it be used. */
  private static final class Sealed extends MilvusClientV2 {
    @SuppressWarnings("unused") // looked for by the seam
    private @Nullable ManagedChannel channel;

    @SuppressWarnings("unused") // looked for by the seam
    private @Nullable ConnectConfig connectConfig;

    Sealed() {
      super(null);
    }

    @SuppressWarnings("unused") // looked for by the seam
    private void initServices(String database) {
      throw new UnsupportedOperationException("services are made elsewhere");
    }
  }

  @Test
  void an_sdk_that_does_not_let_a_member_be_used_is_refused_before_anything_connects() {
    SdkSeam seam = SdkSeam.find(Sealed.class);
    assertThatThrownBy(() -> seam.rehearsedOn(Sealed::new))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("this version of the Milvus SDK is built differently inside")
        .hasMessageContaining("services are made elsewhere")
        .hasMessageContaining("next: use the version of the SDK");
    assertThatThrownBy(
            () ->
                SdkSeam.find()
                    .rehearsedOn(
                        () -> {
                          throw new IllegalStateException("a configuration is wanted");
                        }))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("a configuration is wanted");
  }

  /**
   * Our classes and the SDK's, defined anew without those whose names begin so: what another
   * version of the SDK is like to us.
   */
  private static final class Lacking extends ClassLoader {
    private final String prefix;

    Lacking(String prefix) {
      super(SdkSeamTest.class.getClassLoader());
      this.prefix = prefix;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(prefix)) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("org.milvustls.") && !name.startsWith("io.milvus.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : defineAnew(name);
      }
    }

    private Class<?> defineAnew(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] code = in.readAllBytes();
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    /**
     * Calls {@code MilvusConnector.of} for a plaintext Milvus, which is not there. By a handle, as
     * reflection would look up the types of all methods.
     */
    Object connector() throws Throwable {
      Class<?> tls = loadClass("org.milvustls.tls.TlsSettings");
      Class<?> settings = loadClass(ConnectionSettings.class.getName());
      Object builder =
          settings
              .getMethod("builder", String.class, int.class, tls)
              .invoke(null, "127.0.0.1", 1, tls.getMethod("plaintext").invoke(null));
      Class<?> connector = loadClass(MilvusConnector.class.getName());
      return MethodHandles.publicLookup()
          .findStatic(connector, "of", MethodType.methodType(connector, settings))
          .invoke(builder.getClass().getMethod("build").invoke(builder));
    }
  }

  private static final String GRPC = "io.milvus.shaded.io.grpc.";

  /** The first is what an SDK before 2.6.18 looks like. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        GRPC,
        GRPC + "StatusRuntimeException",
        GRPC + "netty.shaded.io.grpc.netty.InternalNettyChannelBuilder",
        GRPC + "netty.shaded.io.netty.channel.socket.nio.NioSocketChannel",
        "io.milvus.grpc.MilvusServiceGrpc",
        "io.milvus.v2.client.ConnectConfig"
      })
  void an_sdk_that_lacks_a_class_is_refused_before_anything_connects(String lacking) {
    assertThatThrownBy(() -> new Lacking(lacking).connector())
        .satisfies(
            e -> assertThat(e.getClass().getName()).isEqualTo(MilvusTlsException.class.getName()))
        .hasMessageContaining("this version of the Milvus SDK is built differently inside")
        .hasMessageContaining(lacking.replace('.', '/'))
        .hasMessageContaining("next: use the version of the SDK");
  }

  /** Which provider is taken by itself is asked before a connector is made. */
  @Test
  void an_sdk_without_relocated_netty_has_no_boringssl() throws Throwable {
    Class<?> boringSsl = new Lacking(GRPC).loadClass(BundledBoringSsl.class.getName());
    assertThat(
            MethodHandles.publicLookup()
                .findStatic(boringSsl, "isAvailable", MethodType.methodType(boolean.class))
                .invoke())
        .isEqualTo(false);
  }

  @Test
  void an_sdk_that_lacks_nothing_is_taken() throws Throwable {
    try (AutoCloseable connector = (AutoCloseable) new Lacking("none.of.them").connector()) {
      assertThat(connector).isNotInstanceOf(MilvusConnector.class);
    }
  }

  /** Each of them would replace our channel by one of the SDK's, and is overridden. */
  @Test
  void no_other_call_of_the_sdk_makes_a_channel() {
    JavaClass client = new ClassFileImporter().importClass(MilvusClientV2.class);
    Set<String> callers =
        client.getMethodCallsFromSelf().stream()
            .filter(call -> call.getTarget().getName().equals("connect"))
            .filter(
                call ->
                    call.getTarget().getRawParameterTypes().size() == 1
                        && call.getTarget()
                            .getRawParameterTypes()
                            .get(0)
                            .isEquivalentTo(ConnectConfig.class))
            .map(JavaMethodCall::getOrigin)
            .map(origin -> origin.getName())
            .collect(Collectors.toSet());
    assertThat(callers).containsExactlyInAnyOrder("<init>", "useDatabase", "updatePassword");
  }
}
