package org.milvustls.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.milvustls.bench.scenario.ClientProvider;

class ClientLibrariesTest {
  @ParameterizedTest
  @EnumSource
  void every_provider_has_a_library_with_a_version(ClientProvider provider) {
    ClientLibrary library = ClientLibraries.of(provider);

    assertThat(ClientLibraries.versions()).containsEntry(library.versionKey(), library.version());
  }

  @Test
  void versions_have_the_keys_of_stored_environments() {
    assertThat(ClientLibraries.versions())
        .containsOnlyKeys(
            "jca.accp",
            "tls.bctls",
            "tls.boringssl",
            "tls.boringssl-in-sdk",
            "tls.conscrypt",
            "tls.jdk");
  }

  @Test
  void no_library_takes_the_session_of_another_for_its_own() {
    String jdk = ClientLibraries.of(ClientProvider.JDK).version();

    assertThat(ClientLibraries.of(ClientProvider.JDK).isNamed(jdk)).isTrue();
    assertThat(ClientLibraries.of(ClientProvider.JDK).isNamed(AccpClient.DESCRIPTION)).isFalse();
    assertThat(ClientLibraries.of(ClientProvider.JDK_ACCP).isNamed(jdk)).isFalse();
    assertThat(ClientLibraries.of(ClientProvider.BORINGSSL).isNamed(jdk)).isFalse();
    assertThat(ClientLibraries.of(ClientProvider.BORINGSSL_SDK).isNamed("BoringSSL (tcnative)"))
        .isFalse();
    assertThat(ClientLibraries.of(ClientProvider.BORINGSSL).isNamed("BoringSSL (milvus-sdk-java)"))
        .isTrue();
  }
}
