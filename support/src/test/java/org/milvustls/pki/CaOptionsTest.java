package org.milvustls.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaOptionsTest {
  private final Path folder;
  private final CertificateDirectory certificates;

  CaOptionsTest(@TempDir Path folder) {
    this.folder = folder;
    certificates = CertificateDirectory.at(folder.resolve("certs"));
  }

  @Nested
  class Encrypted_ca_keys {
    @Test
    void are_opened_with_their_password_only() throws Exception {
      certificates.unlockedWith(password("right")).init(InitRequest.defaults());

      for (String key : List.of("root.key", "intermediate.key")) {
        assertThat(Files.readString(folder.resolve("certs/ca/server").resolve(key)))
            .startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
      }
      assertThat(Files.readString(certificates.serverFiles("milvus").key()))
          .startsWith("-----BEGIN PRIVATE KEY-----");
      assertThatThrownBy(() -> certificates.issue(LeafRequest.client("a"), LeafStorage.DEFAULT))
          .hasMessageStartingWith("the CA's key is encrypted and no password was given: '")
          .hasMessageContaining("--ca-password-file");
      CertificateDirectory wrong = certificates.unlockedWith(password("wrong"));
      assertThatThrownBy(() -> wrong.issue(LeafRequest.client("a"), LeafStorage.DEFAULT))
          .hasMessageStartingWith(
              "cannot read a private key: the encrypted key cannot be opened: '");
      assertThat(certificates.leaves()).hasSize(1);

      certificates
          .unlockedWith(password("right"))
          .issue(LeafRequest.client("a"), LeafStorage.DEFAULT);
      assertThat(certificates.leaves()).hasSize(2);
    }

    private KeyPassword password(String text) throws Exception {
      return KeyPassword.fromFile(Files.writeString(folder.resolve("password"), text));
    }
  }

  @Nested
  class Name_constraints {
    private final CertificateAuthority constrained =
        CertificateAuthority.root(AuthorityRequest.root("R"), Clock.systemUTC())
            .intermediate(
                AuthorityRequest.intermediate("I")
                    .withPermitted(
                        List.of(
                            NameScope.of("example.org"),
                            NameScope.of("10.0.0.0/8"),
                            NameScope.of("fd00::/8"))));

    @ParameterizedTest
    @ValueSource(
        strings = {"example.org", "a.b.example.org", "*.example.org", "10.1.2.3", "fd00::1"})
    void let_names_in_their_scope_through(String name) {
      assertThat(constrained.issueServer("m", name).chain()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "badexample.org", "11.0.0.1", "fe80::1", "localhost"})
    void refuse_other_names(String name) {
      assertThatThrownBy(() -> constrained.issueServer("m", name))
          .hasMessageStartingWith("the CA may not sign for this name: '" + name + "'; allowed: ")
          .hasMessageContaining("example.org, 10.0.0.0/8, fd00:0:0:0:0:0:0:0/8");
    }

    @Test
    void stay_with_the_intermediate_that_follows() {
      certificates.init(
          InitRequest.builder().host("a.example.org").permitted("example.org").build());
      certificates.startRotation(LeafRole.SERVER);
      certificates.deploy(pending -> {});
      certificates.switchRotation(LeafRole.SERVER);

      assertThatThrownBy(
              () ->
                  certificates.issue(
                      LeafRequest.server("b", HostName.listOf("b.example.com")),
                      LeafStorage.DEFAULT))
          .hasMessageStartingWith("the CA may not sign for this name: 'b.example.com'");
    }

    @Test
    void that_exclude_the_servers_own_names_make_nothing() {
      InitRequest request = InitRequest.builder().permitted("example.org").build();

      assertThatThrownBy(() -> certificates.init(request))
          .hasMessageStartingWith("the CA may not sign for this name: 'localhost'");
      assertThat(certificates.exists()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/33", "10.0.0.1", "*.example.org", "10.0.0.0/x", "fd00::/129"})
    void refuse_what_is_no_scope(String text) {
      assertThatThrownBy(() -> NameScope.of(text)).hasMessageContaining("'" + text + "'");
    }
  }
}
