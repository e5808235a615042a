package org.milvustls.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The build renames the native libraries inside the SDK; without that, none of this holds. */
class BundledBoringSslTest {
  @Test
  void the_boringssl_of_the_sdk_is_loaded() {
    assertThat(BundledBoringSsl.unavailable()).isEmpty();
    assertThat(BundledBoringSsl.isAvailable()).isTrue();
    assertThat(BundledBoringSsl.describe())
        .isEqualTo("BoringSSL (milvus-sdk-java 2.6.22, Netty 4.1.97.Final)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "libio_milvus_shaded_io_grpc_netty_shaded_netty_tcnative_linux_x86_64.so",
        "libio_milvus_shaded_io_grpc_netty_shaded_netty_tcnative_linux_aarch_64.so",
        "libio_milvus_shaded_io_grpc_netty_shaded_netty_tcnative_osx_x86_64.jnilib",
        "libio_milvus_shaded_io_grpc_netty_shaded_netty_tcnative_osx_aarch_64.jnilib",
        "io_milvus_shaded_io_grpc_netty_shaded_netty_tcnative_windows_x86_64.dll"
      })
  void each_platform_of_the_sdk_has_its_library(String name) {
    assertThat(getClass().getResource("/META-INF/native/" + name)).isNotNull();
  }

  /** Run in a JVM of its own: prints what the SDK's way of making a context comes to. */
  static final class OfTheSdk {
    private OfTheSdk() {}

    public static void main(String[] args) throws Exception {
      System.out.println(GrpcSslContexts.forClient().build().getClass().getSimpleName());
    }
  }

  @Test
  void is_lost_in_the_bare_sdk_and_back_with_our_jar_beside_it() throws Exception {
    assertThat(contextOfTheSdk(false)).isEqualTo("JdkSslClientContext");
    assertThat(contextOfTheSdk(true)).isEqualTo("OpenSslClientContext");
  }

  /** The SDK with its own dependencies, this class, and our classes and libraries or not. */
  private static String contextOfTheSdk(boolean beside) throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(
                entry ->
                    entry.endsWith(".jar")
                        ? !new File(entry).getName().startsWith("netty-")
                            && !new File(entry).getName().startsWith("milvus-tls")
                        : beside || entry.endsWith("test-classes"))
            .map(entry -> new File(entry).getAbsolutePath())
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                OfTheSdk.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("the JVM ended").isTrue();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void the_transport_is_nio_for_every_provider() {
    assertThat(Epoll.isAvailable()).isFalse();
  }
}
