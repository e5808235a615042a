package org.milvustls.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProvider;

class ConnectionEnvironmentTest {
  private final Path folder;

  ConnectionEnvironmentTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private ConnectionSettings settings(Map<String, String> environment) {
    return ConnectionEnvironment.load(Map.of(), environment, folder).settings();
  }

  @Test
  void without_anything_it_is_tls_to_this_machine() {
    ConnectionSettings settings = settings(Map.of());
    assertThat(settings.target()).isEqualTo("localhost:19530");
    assertThat(settings.tls().mode()).isEqualTo(TlsMode.SERVER);
    assertThat(settings.tls().provider()).contains(TlsProvider.BORINGSSL);
  }

  @Test
  void a_uri_gives_host_port_and_database() {
    ConnectionSettings settings =
        settings(Map.of("MILVUS_URI", "https://milvus.test:1234/rag", "MILVUS_TOKEN", "key"));
    assertThat(settings.target()).isEqualTo("milvus.test:1234");
    assertThat(settings.database()).contains("rag");
    assertThat(settings.credentials()).map(Object::toString).contains("token (not shown)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MILVUS_URI | http://milvus.test | the URI says http and the TLS mode is 'server'",
        "MILVUS_URI | //secret@nonsense | MILVUS_URI is not an address; allowed: https://",
        "MILVUS_PORT | many | not a port: 'many'",
        "MILVUS_PORT | 70000 | not a port: '70000'; allowed: 1 to 65535",
        "MILVUS_TLS | yes | unknown TLS mode: 'yes'; allowed: off, server, mutual",
        "MILVUS_TLS | mutual | mutual TLS needs a client certificate",
        "MILVUS_CLIENT_CERT | c.pem | a client certificate without its key: 'c.pem'",
        "MILVUS_CLIENT_KEY | c.key | the key of a client certificate without the certificate: 'c.key'",
        "MILVUS_TLS_PROVIDER | openssl | unknown TLS provider: 'openssl'",
        "MILVUS_USER | root | a user without a password: 'root'",
        "MILVUS_PASSWORD | secret | a password without a user",
        "MILVUS_HOST | two words | not a host name or address: 'two words'",
      })
  void a_value_that_cannot_be_is_one_message(String name, String value, String says) {
    assertThatThrownBy(() -> settings(Map.of(name, value)))
        .isInstanceOfSatisfying(
            MilvusTlsException.class,
            e -> assertThat(e.kind()).isEqualTo(MilvusTlsException.Kind.USAGE))
        .hasMessageContaining(says)
        .hasMessageNotContaining("secret");
  }

  @Test
  void a_file_that_cannot_be_read_is_one_message() throws IOException {
    Files.writeString(folder.resolve(".env"), "MILVUS_PORT 19530\n");
    assertThatThrownBy(() -> settings(Map.of()))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("the file .env cannot be read: '" + folder.resolve(".env") + "'")
        .hasMessageContaining("allowed: lines NAME=value");
  }

  @Test
  void plaintext_is_asked_by_name() {
    ConnectionSettings settings =
        settings(Map.of("MILVUS_URI", "http://milvus.test", "MILVUS_TLS", "off"));
    assertThat(settings.tls().mode()).isEqualTo(TlsMode.OFF);
  }

  @Test
  void secrets_are_never_printed() {
    ConnectionEnvironment environment =
        ConnectionEnvironment.load(
            Map.of(), Map.of("MILVUS_USER", "root", "MILVUS_PASSWORD", "hush"), folder);
    assertThat(environment.toString()).contains("MILVUS_PASSWORD").doesNotContain("hush");
    assertThat(environment.settings().toString()).doesNotContain("hush");
  }
}
