package org.milvustls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.CertificateDirectory.ClientFiles;
import org.milvustls.tls.TlsMode;

class NextCommandsTest {
  private static final Path README = Path.of("..", "README.md");

  @Test
  void the_readme_has_the_commands_as_they_are_printed() throws IOException {
    Path client = Path.of("certs", "clients", "search");
    ClientFiles files =
        new ClientFiles(
            client.resolve("client.pem"), client.resolve("client.key"), client.resolve("ca.pem"));
    List<String> printed =
        NextCommands.afterUp(
            19530, TlsMode.MUTUAL, files("certs", Optional.of(files), Optional.empty()), true);
    assertThat(printed).hasSize(2);
    assertThat(Files.readString(README)).contains(printed);
    assertThat(Files.readString(README))
        .contains("\n" + NextCommands.afterInit(Path.of("certs"), true).get(0) + "\n");
  }

  private static UpCertificates files(
      String directory, Optional<ClientFiles> client, Optional<String> serverName) {
    return new UpCertificates(
        Optional.empty(), client, serverName, CertificateDirectory.at(Path.of(directory)));
  }

  @Test
  void a_server_that_differs_from_the_defaults_is_named() {
    Path elsewhere = Path.of("/elsewhere/my certs");
    UpCertificates none = files("certs", Optional.empty(), Optional.empty());
    assertThat(NextCommands.afterUp(1, TlsMode.OFF, none, false))
        .containsExactly("./milvus-tls connect --port 1 --tls off");
    UpCertificates other =
        files("/elsewhere/my certs", Optional.empty(), Optional.of("milvus.example.org"));
    assertThat(NextCommands.afterUp(19530, TlsMode.SERVER, other, false))
        .containsExactly(
            "./milvus-tls connect --ca '/elsewhere/my certs/ca.pem' --server-name"
                + " milvus.example.org");
    assertThat(NextCommands.afterInit(elsewhere, false))
        .containsExactly(
            "./milvus-tls up --dir '/elsewhere/my certs' --demo",
            "./milvus-tls config render --dir '/elsewhere/my certs'");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "/home/ann/certs/ca.pem | /home/ann/certs/ca.pem",
        "my certs               | 'my certs'",
        "it's                   | 'it'\\''s'",
        "$HOME                  | '$HOME'",
        "a;b                    | 'a;b'",
        "\"\"                     | ''",
      })
  void a_value_is_one_word_of_a_shell(String value, String word) {
    assertThat(ShellWord.of(value)).isEqualTo(word);
  }
}
