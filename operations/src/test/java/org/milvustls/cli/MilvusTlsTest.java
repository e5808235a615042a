package org.milvustls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.PemFiles;
import org.milvustls.tls.TlsListener;
import picocli.CommandLine;

class MilvusTlsTest {
  private final Path folder;

  MilvusTlsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** What a run of the command left behind. */
  private record Run(int exitCode, String out, String err) {}

  private static Run run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        MilvusTls.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exitCode = command.execute(args);
    return new Run(exitCode, out.toString(), err.toString());
  }

  private String dir() {
    return folder.resolve("certs").toString();
  }

  @Nested
  class Help {
    @ParameterizedTest
    @CsvSource({"TERM, dumb, OFF", "NO_COLOR, 1, OFF", "TERM, xterm, AUTO", "NO_COLOR, '', AUTO"})
    void is_in_colour_where_the_terminal_has_colours(
        String name, String value, CommandLine.Help.Ansi ansi) {
      CommandLine command = MilvusTls.forTerminal(MilvusTls.commandLine(), Map.of(name, value));
      assertThat(command.getColorScheme().ansi()).isEqualTo(ansi);
      assertThat(up(command).getColorScheme().ansi()).isEqualTo(ansi);
    }

    private CommandLine up(CommandLine command) {
      return Objects.requireNonNull(command.getSubcommands().get("up"));
    }

    @Test
    void is_as_wide_as_the_terminal() {
      CommandLine command = MilvusTls.forTerminal(MilvusTls.commandLine(), Map.of());
      assertThat(up(command).isUsageHelpAutoWidth()).isTrue();
    }
  }

  @Nested
  class Usage {
    @Test
    void without_a_command_is_an_error_of_usage() {
      assertThat(run())
          .isEqualTo(
              new Run(
                  2,
                  "",
                  """
                  milvus-tls: a command is missing
                    next: 'milvus-tls --help' shows the options
                  """));
    }

    @ParameterizedTest
    @CsvSource({
      "--key, rsa, unknown key type: 'rsa'; allowed: ecdsa-p256",
      "--key-mode, 0777, not a mode for a private key: '0777'; allowed: 0600",
      "--days, 0, not a lifetime in days: '0'; allowed: 1 to 36500",
      "--days, -5, not a lifetime in days: '-5'; allowed: 1 to 36500",
      "--days, 99999999, not a lifetime in days: '99999999'; allowed: 1 to 36500",
      "--days, 2000, a leaf must not outlive its issuer: '2000 days'",
      "--days, soon, not a lifetime in days: 'soon'; allowed: 1 to 36500",
      "--host, two words, not a host name: 'two words'; allowed:",
      "--client, a/b, not a name for a server or a client: 'a/b'; allowed:",
    })
    void a_bad_value_is_one_message_and_writes_nothing(String option, String value, String says) {
      Run run = run("certs", "init", "--dir", dir(), option, value);

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).startsWith("milvus-tls: " + says).doesNotContain("\tat ");
      assertThat(run.out()).isEmpty();
      assertThat(folder.resolve("certs")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
      "certs acme --http-port, not a port: '?'; allowed: 1 to 65535",
      "config render --rest-port, not a port: '?'; allowed: 0 to 65535",
      "config render --listen, not a port: '?'; allowed: 1 to 65535",
      "up --port, not a port: '?'; allowed: 1 to 65535",
      "connect --port, not a port: '?'; allowed: 1 to 65535",
      "search --limit, not a number of hits: '?'; allowed: 1 to 16384",
      "search --nprobe, not a number of candidates: '?'; allowed: 1 to 2147483647",
      "search --ef, not a number of candidates: '?'; allowed: 1 to 2147483647",
      "certs renew --before, not a duration: '?'; allowed: days or hours",
    })
    void a_number_that_is_none_or_out_of_bounds_is_told_with_those_allowed(
        String option, String says) {
      for (String value : List.of("many", "-1", "1.5", "99999999999")) {
        List<String> command = new ArrayList<>(List.of(option.split(" ")));
        command.add(value);
        Run run = run(command.toArray(String[]::new));

        assertThat(run.err()).startsWith("milvus-tls: " + says.replace("?", value));
        assertThat(run.exitCode()).isEqualTo(2);
      }
    }

    @ParameterizedTest
    @CsvSource({
      "rotate-ca --start, Missing required argument",
      "rotate-ca --servers, Missing required argument",
      "rotate-ca --servers --clients --start, '--servers, --clients are mutually exclusive'",
      "issue, Missing required argument",
      "import --server a, Missing required option: '--chain=FILE'",
    })
    void an_option_that_is_missing_or_too_many_is_named(String args, String says) {
      List<String> command = new ArrayList<>(List.of("certs"));
      command.addAll(List.of(args.split(" ")));

      Run run = run(command.toArray(String[]::new));

      assertThat(run.err()).startsWith("milvus-tls: " + says).contains("  next: ");
      assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void every_command_has_help_with_an_example() {
      for (CommandLine command : all(MilvusTls.commandLine())) {
        assertThat(command.getUsageMessage())
            .as(command.getCommandSpec().qualifiedName())
            .contains("--help", "--version", "--debug", "Example:");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"render", "check"})
    void the_help_lists_the_versions_of_milvus(String command) {
      assertThat(run("config", command, "--help").out().replaceAll("\\s+", " "))
          .contains("2.3, 2.4, 2.5, 2.6, 3.0, with or without a patch level. Default: 2.6.");
    }

    private List<CommandLine> all(CommandLine command) {
      List<CommandLine> commands = new ArrayList<>();
      commands.add(command);
      command.getSubcommands().values().forEach(sub -> commands.addAll(all(sub)));
      return commands;
    }

    @Test
    void the_version_names_the_jvm_too() {
      assertThat(run("--version").out()).startsWith("milvus-tls ").contains("JDK ");
    }

    @Test
    void completion_is_a_shell_script_that_knows_the_commands() {
      assertThat(run("completion").out()).startsWith("#!/usr/bin/env bash").contains("certs");
    }

    @Test
    void a_stack_trace_is_shown_on_demand_only() {
      assertThat(run("certs", "issue", "--client", "a", "--dir", dir()).err())
          .doesNotContain("\tat ");
      assertThat(run("--debug", "certs", "issue", "--client", "a", "--dir", dir()).err())
          .contains("\tat org.milvustls");
    }
  }

  @Nested
  class Config {
    @ParameterizedTest
    @CsvSource({
      "nosuchdir, what --map names is not on this machine: '/t=nosuchdir'; allowed: SERVER=LOCAL",
      "'', what --map names is not on this machine: '/t='; allowed: SERVER=LOCAL",
    })
    void a_wrong_map_is_an_error_of_usage(String local, String says) throws Exception {
      Path file = Files.writeString(folder.resolve("milvus.yaml"), "proxy:\n  port: 19530\n");
      Run run = run("config", "check", file.toString(), "--map", "/t=" + local);

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).startsWith("milvus-tls: " + says);
      assertThat(run.out()).isEmpty();
    }
  }

  @Nested
  class Certs {
    @Test
    void init_makes_a_directory_and_reports_it_the_second_time() {
      Run first = run("certs", "init", "--dir", dir(), "--host", "a.example", "--client", "b");
      Run second = run("certs", "init", "--dir", dir());

      assertThat(first.exitCode()).isZero();
      assertThat(first.out())
          .startsWith("Made " + dir() + "\n")
          .contains("servers/milvus", "clients/b", "ecdsa-p256", "a.example")
          .contains("Clients trust " + dir() + "/ca.pem\n")
          .endsWith("  ./milvus-tls config render --dir " + dir() + " --tls mutual\n");
      assertThat(second.exitCode()).isZero();
      assertThat(second.out()).startsWith("Already there, nothing was changed: " + dir() + "\n");
    }

    @Test
    void init_reports_as_json() throws Exception {
      JsonNode report =
          new ObjectMapper().readTree(run("certs", "init", "--dir", dir(), "--json").out());

      assertThat(report.get("created").asBoolean()).isTrue();
      assertThat(report.get("leaves").get(0).get("names")).hasSize(3);
      assertThat(Path.of(report.get("leaves").get(0).get("certificate").asText())).exists();
    }

    @Test
    void issue_adds_a_server() {
      run("certs", "init", "--dir", dir());
      Run run = run("certs", "issue", "--dir", dir(), "--server", "standby", "--host", "b.example");

      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("servers/standby", "b.example");
    }

    @ParameterizedTest
    @CsvSource({
      "issue --client a/b, 2, not a name for a server or a client: 'a/b'",
      "acme --server a/b --domain x.example.org --http-port 1, 2, not a name for a server",
      "rotate-ca --servers --start, 3, this is not a certificate directory",
      "acme --domain x.example.org --email nobody, 2, not an e-mail address: 'nobody'",
    })
    void a_bad_name_or_place_is_told_before_anything_is_done(String args, int exit, String says) {
      List<String> command = new ArrayList<>(List.of("certs"));
      command.addAll(List.of(args.split(" ")));
      command.addAll(List.of("--dir", folder.toString()));

      Run run = run(command.toArray(String[]::new));

      assertThat(run.exitCode()).isEqualTo(exit);
      assertThat(run.err()).startsWith("milvus-tls: " + says);
      assertThat(folder.resolve("ca")).doesNotExist();
    }

    @Test
    void issue_for_a_server_needs_a_host() {
      run("certs", "init", "--dir", dir());
      Run run = run("certs", "issue", "--dir", dir(), "--server", "standby");

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err())
          .isEqualTo(
              """
              milvus-tls: a server's certificate needs the names it is reached under
                next: add --host for each DNS name or IP address
              """);
    }

    @Test
    void inspect_says_yes_for_what_init_made() throws Exception {
      run("certs", "init", "--dir", dir(), "--client", "search");

      Run run = run("certs", "inspect", dir());
      assertThat(run.out()).endsWith("No problem found.\n").contains("serverAuth", "days left");
      assertThat(run.exitCode()).isZero();
      JsonNode json = new ObjectMapper().readTree(run("certs", "inspect", dir(), "--json").out());
      assertThat(json).hasSize(9);
      assertThat(json.get(0).get("chain").get(0).get("key").asText()).isEqualTo("ecdsa-p256");
    }

    @Test
    void inspect_says_no_with_findings() {
      run("certs", "init", "--dir", dir());
      Run run =
          run(
              "certs",
              "inspect",
              dir() + "/servers/milvus/server.pem",
              "--ca",
              dir() + "/ca/client/root.pem");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).contains("PROBLEM chain-incomplete: ").endsWith("Problems: 1\n");
    }

    @Test
    void inspect_of_an_endpoint_says_that_it_asks_for_a_client_certificate() throws Exception {
      run("certs", "init", "--dir", dir(), "--client", "search");
      CertificateDirectory certs = CertificateDirectory.at(folder.resolve("certs"));
      ExecutorService acceptor = Executors.newSingleThreadExecutor();
      try (ServerSocket listener = mutual(certs)) {
        acceptor.execute(() -> greetAll(listener));
        String endpoint = "localhost:" + listener.getLocalPort();
        String ca = certs.trustAnchors().toString();

        Run without = run("certs", "inspect", endpoint, "--ca", ca);
        assertThat(without.exitCode()).isEqualTo(1);
        assertThat(without.out())
            .contains("PROBLEM client-refused: the server ")
            .contains("; it asks for a client certificate: give --cert and --key\n");

        CertificateDirectory.ClientFiles client = certs.clientFiles("search");
        Run with =
            run(
                "certs",
                "inspect",
                endpoint,
                "--ca",
                ca,
                "--cert",
                client.certificate().toString(),
                "--key",
                client.key().toString());
        assertThat(with.out()).endsWith("No problem found.\n");
        assertThat(with.exitCode()).isZero();
      } finally {
        acceptor.shutdownNow();
      }
    }

    private static ServerSocket mutual(CertificateDirectory certs) throws Exception {
      CertificateDirectory.ServerFiles files = certs.serverFiles("milvus");
      return TlsListener.open(
          PemFiles.privateKey(files.key()),
          PemFiles.certificates(files.certificate()),
          certs.clientAnchors().get(0),
          true);
    }

    /** The first frame of an HTTP/2 server, until the listener is closed. */
    private static void greetAll(ServerSocket listener) {
      while (!listener.isClosed()) {
        try (Socket socket = listener.accept()) {
          socket.setSoTimeout(10_000);
          socket.getOutputStream().write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
          // Reading until the client is done keeps the answer from being lost in a reset.
          socket.getInputStream().readAllBytes();
        } catch (IOException e) {
          // A refused client, or the end of the listener.
        }
      }
    }

    @Test
    void inspect_of_nothing_is_an_error() {
      Run run = run("certs", "inspect", "no/such/file");

      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err())
          .isEqualTo(
              "milvus-tls: there is nothing to inspect: 'no/such/file'; allowed: an existing file"
                  + " or directory, or HOST:PORT\n");
    }

    @Test
    void renew_runs_the_hook_once_and_clears_the_pending_deploy() throws Exception {
      Path seen = folder.resolve("seen");
      run("certs", "init", "--dir", dir());
      String hook = "echo \"$MILVUS_TLS_CHANGED\" >> '" + seen + "'";

      Run first = run("certs", "renew", "--dir", dir(), "--all", "--deploy-hook", hook);
      Run second = run("certs", "renew", "--dir", dir(), "--deploy-hook", hook);

      assertThat(first.err()).isEmpty();
      assertThat(first.out()).contains("renewed", "Deployed: servers/milvus\n");
      assertThat(second.out()).contains("not due").doesNotContain("Deployed");
      assertThat(seen).hasContent(dir() + "/servers/milvus");
      assertThat(second.exitCode()).isZero();
    }

    @Test
    void renew_fails_with_its_hook_and_tries_again() {
      run("certs", "init", "--dir", dir());

      Run failed = run("certs", "renew", "--dir", dir(), "--all", "--deploy-hook", "exit 4");
      Run again = run("certs", "renew", "--dir", dir(), "--deploy-hook", "exit 5");

      assertThat(failed.exitCode()).isEqualTo(3);
      assertThat(failed.err())
          .startsWith("milvus-tls: the deploy hook failed with exit code 4: 'exit 4'");
      assertThat(again.err()).startsWith("milvus-tls: the deploy hook failed with exit code 5");
      assertThat(run("certs", "renew", "--dir", dir()).out())
          .contains("Not deployed yet: servers/milvus");
      assertThat(run("certs", "renew", "--dir", dir(), "--deployed", "--json").out())
          .contains("\"pending\" : [ ]");
    }

    @Test
    void csr_and_import_go_with_another_ca() throws Exception {
      run("certs", "init", "--dir", dir());
      Run csr = run("certs", "csr", "--dir", dir(), "--server", "corp", "--host", "c.example.org");
      assertThat(csr.exitCode()).isZero();
      String other = folder.resolve("other").toString();
      run("certs", "init", "--dir", other);
      Run signed =
          run(
              "certs",
              "issue",
              "--dir",
              other,
              "--server",
              "corp",
              "--csr",
              dir() + "/requests/servers/corp/server.csr");
      assertThat(signed.out()).contains("c.example.org");

      Run taken =
          run(
              "certs",
              "import",
              "--dir",
              dir(),
              "--server",
              "corp",
              "--chain",
              other + "/servers/corp/server.pem",
              "--ca",
              other + "/ca.pem");

      assertThat(taken.err()).isEmpty();
      assertThat(taken.out()).contains("servers/corp", "Not deployed yet: servers/corp");
      assertThat(run("certs", "inspect", dir()).exitCode()).isZero();
    }

    @Test
    void rotate_ca_goes_in_three_steps() {
      run("certs", "init", "--dir", dir(), "--client", "a");
      for (String step : List.of("--start", "--switch", "--finish")) {
        Run run = run("certs", "rotate-ca", "--dir", dir(), "--clients", step);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        run("certs", "renew", "--dir", dir(), "--deployed");
      }
      assertThat(run("certs", "rotate-ca", "--dir", dir(), "--clients", "--finish").exitCode())
          .isEqualTo(2);
    }

    @Test
    void p12_needs_its_password_file() {
      Run run = run("certs", "init", "--dir", dir(), "--p12");

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).startsWith("milvus-tls: --p12 and --p12-password-file belong together");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/below"})
    void init_where_a_file_is_cannot_be_done(String below) throws Exception {
      Files.writeString(folder.resolve("certs"), "a file where the folder should be");
      Run run = run("certs", "init", "--dir", dir() + below);

      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err())
          .isEqualTo(
              "milvus-tls: there is a file where a directory is needed: '"
                  + dir()
                  + "'\n  next: name another directory with --dir; nothing was changed\n");
    }
  }
}
