package org.milvustls.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.shaded.io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
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

  @Test
  void the_transport_is_nio_for_every_provider() {
    assertThat(Epoll.isAvailable()).isFalse();
  }
}
