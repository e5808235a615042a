package org.milvustls.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.milvustls.client.ConnectionSettings;
import org.milvustls.client.SecureMilvus;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.InitRequest;
import org.milvustls.server.MilvusServers;
import org.milvustls.server.ServerChoice;
import org.milvustls.server.ServerKind;
import org.milvustls.server.ServerRequest;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsSettings;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/**
 * {@code up} as a process of its own: from nothing to a secure connection, and to nothing again.
 */
class UpCommandTest {
  private static final String IMAGE = System.getenv().getOrDefault("MILVUS_TLS_IMAGE", "");
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration END_LIMIT = Duration.ofMinutes(3);
  private static final int INTERRUPTED = 128 + 2;
  private static final int TERMINATED = 128 + 15;

  private final Path folder;
  private final int port = freePort();
  private final List<Process> started = new ArrayList<>();

  UpCommandTest(@TempDir Path folder) throws IOException {
    // As the command shows it, where the temporary folder is a link.
    this.folder = Files.createDirectory(folder.toRealPath().resolve("with blank"));
  }

  @AfterEach
  void stopWhatATestLeft() throws Exception {
    for (Process process : started) {
      process.destroy();
      if (!process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EMBEDDED", "CONTAINER"})
  void makes_certificates_keeps_data_over_a_second_start_and_leaves_nothing_running(ServerKind kind)
      throws Exception {
    requireAvailable(kind);
    Path stale = Files.writeString(ready(), "{ \"port\": 1 }");
    String data = folder.resolve("data").toString();
    Process first = up(kind, "--tls", "mutual", "--data", data, "--json");
    // Whoever waits for the file must not take that of a run that was killed.
    await("the old ready file is gone", () -> !Files.exists(stale), first);
    JsonNode json = awaitReady(first);

    assertThat(new ObjectMapper().readTree(Files.readString(out()))).isEqualTo(json);
    assertThat(json.get("kind").asText()).isEqualTo(kind.id());
    assertThat(json.get("tls").asText()).isEqualTo("mutual");
    assertThat(json.get("port").asInt()).isEqualTo(port);
    assertThat(json.get("data").asText()).isEqualTo(data);
    assertThat(firstLineOf(json.get("logCommand").asText())).isNotBlank();
    assertThat(Files.readAllLines(err()))
        .anyMatch(line -> line.startsWith("Using ") && line.endsWith(", as asked."));
    create(json, "kept");
    aSecondOneIsRefused(kind);

    signal(first, "TERM");
    assertThat(first.exitValue()).isEqualTo(TERMINATED);
    requireNothingLeft(json);

    Process second = up(kind, "--tls", "mutual", "--data", data);
    JsonNode again = awaitReady(second);
    assertThat(collections(again)).containsExactly("kept");
    assertThat(Files.readString(out())).contains(connectLines(folder.resolve("certs"), port));
    assumeFalse(ignoresInterrupt(second), "Ctrl-C: this build runs with SIGINT ignored");
    signal(second, "INT");
    assertThat(second.exitValue()).isEqualTo(INTERRUPTED);
    requireNothingLeft(again);
  }

  @Test
  void says_that_it_serves_plaintext_and_throws_its_data_away() throws Exception {
    requireAvailable(ServerKind.EMBEDDED);
    Process up = up(ServerKind.EMBEDDED, "--tls", "off");
    JsonNode json = awaitReady(up);
    Path log = Path.of(json.get("logCommand").asText().replaceAll("^tail -F '|'$", ""));

    assertThat(Files.readString(out()))
        .contains("http://localhost:" + port + ", TLS mode off: it serves plaintext")
        .contains("Data:  thrown away at the end")
        .contains("MilvusClient(uri=\"http://localhost:" + port + "\")");
    assertThat(Files.readString(err()))
        .contains("warning: this Milvus serves plaintext, as '--tls off' asks")
        .contains("warning: an embedded Milvus listens on every interface");
    assertThat(json.get("uri").asText()).isEqualTo("http://localhost:" + port);
    assertThat(json.get("warnings").get(0).asText()).startsWith("this Milvus serves plaintext");
    assertThat(folder.resolve("certs")).doesNotExist();
    assertThat(log).isNotEmptyFile();

    signal(up, "TERM");
    requireNothingLeft(json);
    assertThat(Objects.requireNonNull(log.getParent()).getParent()).doesNotExist();
  }

  @Test
  void the_next_commands_of_a_demo_run_as_printed_even_in_a_folder_with_a_blank() throws Exception {
    requireAvailable(ServerKind.EMBEDDED);
    CertificateDirectory.at(folder.resolve("certs"))
        .init(InitRequest.builder().host("*.example.org").client("search").build());
    String data = folder.resolve("data").toString();
    Process first = up(ServerKind.EMBEDDED, "--tls", "mutual", "--demo", "--data", data);
    assertThat(awaitReady(first).get("collection").asText()).isEqualTo("demo");
    String printed = Files.readString(out());
    assertThat(Files.readString(err())).contains("Made the collection 'demo': 500 vectors");
    signal(first, "TERM");

    Process second = up(ServerKind.EMBEDDED, "--tls", "mutual", "--demo", "--data", data);
    awaitReady(second);
    assertThat(Files.readString(err()))
        .contains("The collection 'demo' is there already: nothing was added.");
    assertThat(Files.readString(out())).contains(nextCommands(printed));
    String shell = sourced(printed) + " && " + String.join(" && ", nextCommands(printed));
    Process next = new ProcessBuilder("sh", "-c", shell).redirectErrorStream(true).start();
    assertThat(new String(next.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("first call      ok      Milvus v2.3.5-lite, 1 collections")
        .containsPattern("   3  \\d+ ")
        .contains("over TLSv1.3, TLS_AES_128_GCM_SHA256 by BoringSSL");
    assertThat(next.waitFor()).isZero();
  }

  private static List<String> nextCommands(String printed) {
    return printed
        .lines()
        .dropWhile(line -> !line.startsWith("Next, "))
        .skip(1)
        .takeWhile(line -> !line.isBlank())
        .map(String::strip)
        .toList();
  }

  /** The exports, which must be words of a shell, and a check of one of them. */
  private static String sourced(String printed) {
    List<String> exports = printed.lines().filter(line -> line.startsWith("export ")).toList();
    return String.join(" && ", exports) + " && test -f \"$MILVUS_CLIENT_KEY\"";
  }

  @Test
  void stops_a_server_that_is_still_starting() throws Exception {
    requireAvailable(ServerKind.EMBEDDED);
    Path data = folder.resolve("data");
    Process up = up(ServerKind.EMBEDDED, "--data", data.toString());
    await("a server starts", () -> Files.exists(data.resolve("server.pid")), up);
    long server = Long.parseLong(Files.readString(data.resolve("server.pid")).strip());

    signal(up, "TERM");
    assertThat(ready()).doesNotExist();
    assertThat(ProcessHandle.of(server).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void refuses_a_ready_file_that_cannot_be_written_before_anything_is_made() {
    Path nowhere = folder.resolve("no-such-folder").resolve("ready.json");
    StringWriter err = new StringWriter();
    int exit = run(err, ServerKind.EMBEDDED, port, "--ready-file", nowhere.toString());

    assertThat(exit).isEqualTo(3);
    assertThat(err.toString())
        .startsWith("milvus-tls: the ready file cannot be written: '" + nowhere + "'");
    assertThat(folder.resolve("certs")).doesNotExist();
  }

  private void aSecondOneIsRefused(ServerKind kind) {
    StringWriter samePort = new StringWriter();
    assertThat(run(samePort, kind, port)).isEqualTo(3);
    assertThat(samePort.toString())
        .contains("milvus-tls: the port is taken by another program: '" + port + "'")
        .contains("next: name another port, or stop what listens there");
    StringWriter sameData = new StringWriter();
    String data = folder.resolve("data").toString();
    assertThat(run(sameData, kind, freePort(), "--data", data)).isEqualTo(3);
    assertThat(sameData.toString())
        .contains("milvus-tls: a Milvus server runs on this data folder already")
        .contains(data);
  }

  /** In this process: what is refused before a server starts. */
  private int run(StringWriter err, ServerKind kind, int onPort, String... more) {
    return MilvusTls.commandLine()
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(err))
        .execute(options(kind, onPort, more).toArray(String[]::new));
  }

  private List<String> options(ServerKind kind, int onPort, String... more) {
    List<String> options =
        new ArrayList<>(List.of("up", "--server", kind.id(), "--image", image()));
    options.addAll(List.of("--dir", folder.resolve("certs").toString()));
    options.addAll(List.of("--port", Integer.toString(onPort)));
    options.addAll(List.of(more));
    return options;
  }

  private Process up(ServerKind kind, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    String program = String.join(" ", command) + " " + MilvusTls.class.getName();
    command.add("-Dmilvustls.command=" + program);
    command.add(MilvusTls.class.getName());
    command.addAll(options(kind, port, more));
    command.addAll(List.of("--ready-file", ready().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out().toFile())
            .redirectError(err().toFile())
            .start();
    started.add(process);
    return process;
  }

  private JsonNode awaitReady(Process up) throws Exception {
    await("ready", () -> Files.exists(ready()), up);
    return new ObjectMapper().readTree(Files.readString(ready()));
  }

  private void await(String what, BooleanSupplier done, Process up) throws Exception {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!done.getAsBoolean() && up.isAlive() && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    assertThat(done.getAsBoolean()).as("%s; it said:%n%s", what, Files.readString(err())).isTrue();
  }

  /** By the shell itself: slim images lack the program kill. */
  private void signal(Process up, String name) throws Exception {
    new ProcessBuilder("sh", "-c", "kill -" + name + " " + up.pid()).start().waitFor();
    assertThat(up.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS))
        .as("ended within %s after SIG%s", END_LIMIT, name)
        .isTrue();
    assertThat(Files.readString(err()))
        .doesNotContain("Exception")
        .doesNotContain("\tat ")
        .doesNotContain("could not")
        .doesNotContain("ended by itself");
  }

  /** A shell starts its background jobs so, and their children inherit it. */
  private static boolean ignoresInterrupt(Process up) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(up.pid()), "status")).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(8).strip(), 16) & 2) != 0);
  }

  private void requireNothingLeft(JsonNode json) throws IOException {
    assertThat(ready()).doesNotExist();
    new ServerSocket(port).close();
    if (json.has("pid")) {
      assertThat(ProcessHandle.of(json.get("pid").asLong()).filter(ProcessHandle::isAlive))
          .isEmpty();
      assertThat(Path.of("/tmp/milvus/server_id_" + json.get("pid").asLong())).doesNotExist();
    }
    if (json.get("kind").asText().equals(ServerKind.CONTAINER.id())) {
      String id = json.get("logCommand").asText().replace("docker logs --follow ", "");
      assertThat(
              DockerClientProviderStrategy.getClientForConfig(
                      DockerClientFactory.instance().getTransportConfig())
                  .listContainersCmd()
                  .withShowAll(true)
                  .withIdFilter(List.of(id))
                  .exec())
          .isEmpty();
    }
  }

  private static void create(JsonNode json, String collection) {
    try (SecureMilvus milvus = connect(json)) {
      milvus
          .client()
          .createCollection(
              CreateCollectionReq.builder().collectionName(collection).dimension(2).build());
    }
  }

  private static List<String> collections(JsonNode json) {
    try (SecureMilvus milvus = connect(json)) {
      return milvus.client().listCollections().getCollectionNames();
    }
  }

  /** By nothing but what the ready file says. */
  private static SecureMilvus connect(JsonNode json) {
    TlsSettings tls =
        TlsSettings.builder(TlsMode.of(json.get("tls").asText()))
            .trustAnchors(Path.of(json.get("ca").asText()))
            .clientCertificate(
                Path.of(json.get("clientCertificate").asText()),
                Path.of(json.get("clientKey").asText()))
            .build();
    return SecureMilvus.connect(
        ConnectionSettings.builder(json.get("host").asText(), json.get("port").asInt(), tls)
            .build());
  }

  private static String connectLines(Path certs, int port) {
    return """
        export MILVUS_HOST=localhost MILVUS_PORT=PORT
        export MILVUS_TLS=mutual
        export MILVUS_CA='CERTS/ca.pem'
        export MILVUS_CLIENT_CERT='CERTS/clients/dev/client.pem'
        export MILVUS_CLIENT_KEY='CERTS/clients/dev/client.key'

        Java (io.milvus:milvus-sdk-java)
          new MilvusClientV2(ConnectConfig.builder()
            .uri("https://localhost:PORT")
            .clientPemPath("CERTS/clients/dev/client.pem")
            .clientKeyPath("CERTS/clients/dev/client.key")
            .caPemPath("CERTS/ca.pem")
            .serverName("localhost")
            .build());

        Python (pymilvus)
          MilvusClient(uri="https://localhost:PORT", secure=True, server_name="localhost",
            client_pem_path="CERTS/clients/dev/client.pem", client_key_path="CERTS/clients/dev/client.key", ca_pem_path="CERTS/ca.pem")

        Node (@zilliz/milvus2-sdk-node)
          new MilvusClient({ address: 'localhost:PORT',
            ssl: true, tls: { serverName: 'localhost', rootCertPath: 'CERTS/ca.pem',
              certChainPath: 'CERTS/clients/dev/client.pem', privateKeyPath: 'CERTS/clients/dev/client.key' } })

        Go (github.com/milvus-io/milvus/client/v2)
          pem, _ := os.ReadFile("CERTS/ca.pem")
          roots := x509.NewCertPool(); roots.AppendCertsFromPEM(pem)
          pair, _ := tls.LoadX509KeyPair("CERTS/clients/dev/client.pem", "CERTS/clients/dev/client.key")
          milvusclient.New(ctx, &milvusclient.ClientConfig{Address: "localhost:PORT", DialOptions: []grpc.DialOption{grpc.WithTransportCredentials(
            credentials.NewTLS(&tls.Config{RootCAs: roots, Certificates: []tls.Certificate{pair}}))}})
        """
        .replace("PORT", Integer.toString(port))
        .replace("MILVUS_" + port, "MILVUS_PORT")
        .replace("CERTS", certs.toString());
  }

  private static String firstLineOf(String shellCommand) throws Exception {
    Process follow = new ProcessBuilder("sh", "-c", "exec " + shellCommand).start();
    try (BufferedReader lines = follow.inputReader()) {
      return String.valueOf(lines.readLine());
    } finally {
      follow.destroyForcibly().waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static void requireAvailable(ServerKind kind) {
    boolean container = kind == ServerKind.CONTAINER;
    boolean required = container && "required".equals(System.getenv("MILVUS_TLS_CONTAINERS"));
    assumeTrue(
        required || !container || !IMAGE.isEmpty(),
        "containers: MILVUS_TLS_IMAGE does not name an image");
    ServerChoice choice =
        MilvusServers.choose(ServerRequest.builder(TlsMode.OFF).kind(kind).image(image()).build());
    if (required) {
      assertThat(choice.isAvailable()).as(choice.reason()).isTrue();
    }
    assumeTrue(choice.isAvailable(), () -> kind + ": " + choice.reason());
  }

  private static String image() {
    return IMAGE.isEmpty() ? ServerRequest.DEFAULT_IMAGE : IMAGE;
  }

  private Path ready() {
    return folder.resolve("ready.json");
  }

  private Path out() {
    return folder.resolve("up.out");
  }

  private Path err() {
    return folder.resolve("up.err");
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
