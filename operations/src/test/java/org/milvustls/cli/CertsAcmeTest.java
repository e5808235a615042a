package org.milvustls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.acme.Pebble;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.PemFiles;

/** {@code certs acme} from end to end, with a CA that asks for an external account. */
class CertsAcmeTest {
  private static Pebble pebble;

  private final Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  CertsAcmeTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void a_ca(@TempDir Path shared) throws Exception {
    pebble = Pebble.startForExternalAccounts(shared);
  }

  @AfterAll
  static void end() throws Exception {
    if (pebble != null) {
      pebble.close();
    }
  }

  private String dir() {
    return folder.resolve("certs").toString();
  }

  private List<String> acme(String... more) {
    List<String> args = new ArrayList<>(List.of("certs", "acme", "--dir", dir()));
    args.addAll(List.of("--directory", pebble.directory().toString()));
    args.addAll(List.of("--trust", pebble.trust().toString(), "--agree-tos"));
    args.addAll(List.of(more));
    return args;
  }

  private List<String> withAccount(String... more) {
    List<String> args = acme("--eab-kid", Pebble.EXTERNAL_ID);
    args.addAll(List.of("--eab-key-file", pebble.externalKey().toString()));
    args.addAll(List.of(more));
    return args;
  }

  private int run(List<String> args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return MilvusTls.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args.toArray(String[]::new));
  }

  private X509Certificate leaf() {
    return PemFiles.certificates(
            CertificateDirectory.at(folder.resolve("certs")).serverFiles("milvus").certificate())
        .get(0);
  }

  @Test
  void issues_says_when_it_is_due_and_is_renewed_with_its_key_by_renew() throws Exception {
    String port = Integer.toString(pebble.httpPort());
    assertThat(run(withAccount("--domain", "a.example.org", "--http-port", port)))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .startsWith("Issued by " + pebble.directory())
        .contains("a.example.org", "Due from ", "leave --ca and MILVUS_CA away");
    assertThat(err.toString()).isEmpty();
    X509Certificate first = leaf();

    assertThat(run(List.of("certs", "acme", "--dir", dir(), "--json"))).isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).get("created").asBoolean()).isFalse();
    assertThat(leaf()).isEqualTo(first);

    assertThat(run(List.of("certs", "renew", "--dir", dir(), "--all", "--reuse-key"))).isZero();
    assertThat(out.toString())
        .contains("servers/milvus", "renewed", "Not deployed yet: servers/milvus");
    assertThat(leaf().getSerialNumber()).isNotEqualTo(first.getSerialNumber());
    assertThat(leaf().getPublicKey()).isEqualTo(first.getPublicKey());
  }

  @Test
  void asks_for_the_external_account_and_never_shows_its_key() throws Exception {
    assertThat(run(acme("--domain", "a.example.org", "--http-port", "0"))).isEqualTo(2);
    String port = Integer.toString(pebble.httpPort());
    assertThat(run(acme("--domain", "a.example.org", "--http-port", port))).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("milvus-tls: this CA asks for an external account: '" + pebble.directory());

    String key = "d3JvbmcgYnV0IGxvbmcgZW5vdWdoIGZvciBhIGtleSE";
    Path wrong = Files.writeString(folder.resolve("wrong.key"), key);
    List<String> args = acme("--eab-kid", Pebble.EXTERNAL_ID, "--eab-key-file", wrong.toString());
    args.addAll(List.of("--domain", "a.example.org", "--http-port", port));
    assertThat(run(args)).isEqualTo(3);
    assertThat(err.toString())
        .startsWith("milvus-tls: the ACME server refused: unauthorized: external account binding")
        .doesNotContain(key);
  }

  @Test
  void a_kill_between_signing_and_publishing_loses_nothing() throws Exception {
    String hook =
        """
        if [ $MILVUS_TLS_ACME_ACTION = present ]; then
          echo "$MILVUS_TLS_ACME_VALUE" > '%s'/$MILVUS_TLS_ACME_RECORD
        else
          kill -9 $PPID
        fi
        """
            .formatted(pebble.txtRecords());
    List<String> args =
        withAccount("--domain", "k.example.org", "--challenge", "dns-01", "--dns-hook", hook);
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MilvusTls.class.getName()));
    command.addAll(args);
    Path log = folder.resolve("killed.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ended").isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(128 + 9);
    assertThat(folder.resolve("certs/servers/milvus")).doesNotExist();
    long issued = pebble.issued();

    assertThat(run(args)).as(err.toString()).isZero();
    assertThat(pebble.issued()).as("what was signed is fetched").isEqualTo(issued);
    assertThat(out.toString()).contains("k.example.org");
  }
}
