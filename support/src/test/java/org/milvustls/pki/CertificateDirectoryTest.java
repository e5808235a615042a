package org.milvustls.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.MilvusTlsException;

class CertificateDirectoryTest {
  private final Path folder;
  private final Path path;
  private final CertificateDirectory certificates;

  CertificateDirectoryTest(@TempDir Path folder) {
    this.folder = folder;
    path = folder.resolve("certs");
    certificates = CertificateDirectory.at(path);
  }

  @Nested
  class A_new_directory {
    @Test
    void has_the_layout_of_the_contract() throws Exception {
      InitResult result = certificates.init(request());

      assertThat(result.created()).isTrue();
      assertThat(result.leaves())
          .extracting(LeafEntry::path)
          .containsExactly("servers/milvus", "clients/search");
      assertThat(visibleFiles())
          .containsExactly(
              ".gitignore",
              ".lock",
              "ca.pem",
              "ca/client/intermediate.key",
              "ca/client/intermediate.pem",
              "ca/client/root.key",
              "ca/client/root.pem",
              "ca/server/intermediate.key",
              "ca/server/intermediate.pem",
              "ca/server/root.key",
              "ca/server/root.pem",
              "clients/search/ca.pem",
              "clients/search/client.key",
              "clients/search/client.pem",
              "servers/milvus/client-ca.pem",
              "servers/milvus/server.key",
              "servers/milvus/server.pem",
              "state.json");
    }

    @Test
    void keeps_keys_to_their_owner_and_itself_out_of_git() throws Exception {
      certificates.init(request());

      assertThat(permissions(path)).isEqualTo("rwx------");
      assertThat(path.resolve(".gitignore")).hasContent("*");
      try (Stream<Path> files = Files.walk(path)) {
        List<Path> keys = files.filter(file -> file.toString().endsWith(".key")).toList();
        assertThat(keys)
            .isNotEmpty()
            .allSatisfy(key -> assertThat(permissions(key)).isEqualTo("rw-------"));
      }
    }

    @Test
    void has_keys_for_a_group_when_asked() throws Exception {
      certificates.init(
          InitRequest.builder().storage(new LeafStorage(KeyMode.GROUP, Optional.empty())).build());

      assertThat(permissions(certificates.serverFiles("milvus").key().toRealPath()))
          .isEqualTo("rw-r-----");
      assertThat(permissions(path.resolve("ca/server/root.key"))).isEqualTo("rw-------");
    }

    @Test
    void has_two_cas_and_gives_each_side_the_other_ones() {
      certificates.init(request());

      assertThat(PemFiles.certificates(certificates.serverFiles("milvus").clientCa()))
          .isEqualTo(PemFiles.certificates(path.resolve("ca/client/root.pem")))
          .isNotEqualTo(PemFiles.certificates(certificates.trustAnchors()));
      assertThat(PemFiles.certificates(certificates.clientFiles("search").trustAnchors()))
          .isEqualTo(PemFiles.certificates(path.resolve("ca/server/root.pem")))
          .isEqualTo(PemFiles.certificates(certificates.trustAnchors()));
    }

    @Test
    void has_public_certificates_only_where_clients_look() throws Exception {
      certificates.init(request());

      assertThat(Files.readString(certificates.trustAnchors())).doesNotContain("PRIVATE KEY");
    }

    @Test
    void links_inside_a_leafs_folder_only_so_that_it_can_be_mounted() throws Exception {
      certificates.init(request());
      Path server = path.resolve("servers/milvus");
      Path moved = Files.move(server, folder.resolve("mounted"));

      assertThat(PemFiles.certificates(moved.resolve("server.pem"))).hasSize(2);
      assertThat(PemFiles.privateKey(moved.resolve("server.key")).getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void names_this_machine_unless_told_otherwise() {
      certificates.init(InitRequest.defaults());

      assertThat(certificates.leaves())
          .singleElement()
          .extracting(LeafEntry::names)
          .isEqualTo(HostName.listOf("localhost", "127.0.0.1", "::1"));
    }
  }

  @Nested
  class Init_again {
    @BeforeEach
    void made_before() {
      certificates.init(request());
    }

    @Test
    void reports_and_changes_nothing() throws Exception {
      Map<String, String> before = contents();

      InitResult again = certificates.init(request());
      certificates.init(InitRequest.defaults());

      assertThat(again.created()).isFalse();
      assertThat(again.leaves()).hasSize(2);
      assertThat(contents()).isEqualTo(before);
    }

    @Test
    void with_other_host_names_fails_with_the_remedy() throws Exception {
      Map<String, String> before = contents();

      assertThatThrownBy(
              () -> certificates.init(InitRequest.builder().host("other.example").build()))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessage(
              """
              the certificate directory is there, and its server has other host names: \
              'other.example'; allowed: milvus.example.org, 10.0.0.7
                next: give the server these names with 'milvus-tls certs issue --replace \
              --server milvus --host H...'""");
      assertThat(contents()).isEqualTo(before);
    }

    @Test
    void with_another_client_fails_with_the_remedy() {
      assertThatThrownBy(() -> certificates.init(InitRequest.builder().client("new").build()))
          .hasMessage(
              """
              the certificate directory is there and has no such client: 'new'; allowed: search
                next: add it with 'milvus-tls certs issue --client new'""");
    }

    @Test
    void with_another_server_fails_with_the_remedy() {
      assertThatThrownBy(() -> certificates.init(InitRequest.builder().serverName("b").build()))
          .hasMessageContaining("has no such server: 'b'; allowed: milvus")
          .hasMessageContaining("certs issue --server NAME");
    }
  }

  @Nested
  class An_interrupted_init {
    @Test
    void that_was_still_writing_is_thrown_away() throws Exception {
      Files.createDirectories(path.resolve(".init/servers/milvus"));
      Files.writeString(path.resolve(".init/servers/milvus/server.pem"), "half");

      assertThat(certificates.exists()).isFalse();
      assertThat(certificates.init(request()).created()).isTrue();
      assertThat(path.resolve(".init")).doesNotExist();
      assertThat(PemFiles.certificates(certificates.serverFiles("milvus").certificate()))
          .hasSize(2);
    }

    @Test
    void that_was_renaming_is_finished_with_the_same_keys() throws Exception {
      certificates.init(request());
      Map<String, String> before = contents();
      Files.createDirectory(path.resolve(".init"));
      for (String name : List.of("clients", "servers", "state.json")) {
        Files.move(path.resolve(name), path.resolve(".init").resolve(name));
      }

      assertThat(certificates.init(request()).created()).isFalse();
      assertThat(contents()).isEqualTo(before);
    }

    @Test
    void never_takes_a_place_that_something_else_has() throws Exception {
      Files.createDirectories(path);
      Files.writeString(path.resolve("ca.pem"), "mine");

      assertThatThrownBy(() -> certificates.init(request()))
          .hasMessage(
              "a new certificate directory must be empty; found: '"
                  + path.resolve("ca.pem")
                  + "'\n  next: name another directory with --dir; nothing was changed");
      assertThat(path.resolve("ca.pem")).hasContent("mine");
    }
  }

  @Nested
  class Issuing {
    @BeforeEach
    void made_before() {
      certificates.init(request());
    }

    @Test
    void adds_a_client() throws Exception {
      certificates.issue(LeafRequest.client("reporting"), LeafStorage.DEFAULT);

      CertificateDirectory.ClientFiles files = certificates.clientFiles("reporting");
      PemFiles.certificates(files.certificate())
          .get(1)
          .verify(PemFiles.certificates(path.resolve("ca/client/root.pem")).get(0).getPublicKey());
      assertThat(permissions(files.key().toRealPath())).isEqualTo("rw-------");
      assertThat(certificates.leaves()).hasSize(3);
    }

    @Test
    void refuses_a_name_that_is_taken() throws Exception {
      Map<String, String> before = contents();

      assertThatThrownBy(
              () -> certificates.issue(LeafRequest.client("search"), LeafStorage.DEFAULT))
          .hasMessage(
              "there is a client of this name already: '"
                  + path.resolve("clients/search")
                  + "'\n  next: choose another name, renew it with 'certs renew', or add --replace");
      assertThat(contents()).isEqualTo(before);
    }

    @Test
    void in_the_place_of_another_keeps_the_former_generation() throws Exception {
      Path former = path.resolve("servers/milvus/..data").toRealPath();
      String formerChain = Files.readString(former.resolve("server.pem"));

      LeafRequest other = LeafRequest.server("milvus", HostName.listOf("new.example.org"));
      certificates.replace(other, LeafStorage.DEFAULT);
      certificates.replace(other, LeafStorage.DEFAULT);
      assertThat(former).doesNotExist();

      Path second = path.resolve("servers/milvus/..data").toRealPath();
      certificates.replace(other, LeafStorage.DEFAULT);
      assertThat(second).exists();
      assertThat(Files.readString(certificates.serverFiles("milvus").certificate()))
          .isNotEqualTo(formerChain);
      assertThat(certificates.leaves())
          .filteredOn(leaf -> leaf.role() == LeafRole.SERVER)
          .singleElement()
          .extracting(LeafEntry::names)
          .isEqualTo(HostName.listOf("new.example.org"));
    }

    @Test
    void for_longer_than_the_ca_has_left_writes_nothing() throws Exception {
      Map<String, String> before = contents();

      assertThatThrownBy(
              () ->
                  certificates.issue(
                      LeafRequest.client("long").withLifetime(java.time.Duration.ofDays(2000)),
                      LeafStorage.DEFAULT))
          .hasMessageStartingWith(
              "a certificate must not outlive its issuer: '2000 days'; allowed: at most 1094 days");
      assertThat(contents()).isEqualTo(before);
    }

    @Test
    void without_the_cas_key_fails_with_the_file_that_is_missing() throws Exception {
      Files.delete(path.resolve("ca/client/intermediate.key"));

      assertThatThrownBy(() -> certificates.issue(LeafRequest.client("b"), LeafStorage.DEFAULT))
          .hasMessageStartingWith(
              "the CA's key is missing, so it cannot sign: '"
                  + path.resolve("ca/client/intermediate.key"));
    }

    @Test
    void of_a_client_with_a_slash_in_its_name_is_refused() {
      assertThatThrownBy(() -> InitRequest.builder().client("a/b").build())
          .hasMessageStartingWith("not a name for a server or a client: 'a/b'");
    }
  }

  @Nested
  class Somewhere_else {
    @Test
    void there_is_nothing_to_issue_from() {
      assertThatThrownBy(() -> certificates.issue(LeafRequest.client("b"), LeafStorage.DEFAULT))
          .hasMessage(
              "this is not a certificate directory: '"
                  + path
                  + "'\n  next: make one with 'milvus-tls certs init --dir "
                  + path
                  + "'");
      assertThat(path).doesNotExist();
    }

    @Test
    void a_damaged_state_is_named() throws Exception {
      certificates.init(request());
      Files.writeString(path.resolve("state.json"), "{\"version\": 1");

      assertThatThrownBy(certificates::leaves)
          .hasMessageStartingWith("what the certificate directory records is damaged: '");
    }

    @Test
    void an_unknown_server_is_named_with_those_that_are_there() {
      certificates.init(request());

      assertThatThrownBy(() -> certificates.serverFiles("b"))
          .hasMessage(
              """
              the certificate directory has no such server: 'b'; allowed: milvus
                next: make it with 'milvus-tls certs issue --server NAME'""");
    }
  }

  private static InitRequest request() {
    return InitRequest.builder()
        .host("milvus.example.org")
        .host("10.0.0.7")
        .client("search")
        .build();
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(file.toRealPath(), LinkOption.NOFOLLOW_LINKS));
  }

  /** What a person sees: everything but the generation folders. */
  private List<String> visibleFiles() throws IOException {
    return contents().keySet().stream().filter(name -> !name.contains("/..")).toList();
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(path.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
