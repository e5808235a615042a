package org.milvustls.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.milvustls.client.ConnectionFailedException;
import org.milvustls.client.ConnectionSettings;
import org.milvustls.client.MilvusSearch;
import org.milvustls.client.SecureMilvus;
import org.milvustls.monitor.CertificateMonitor;
import org.milvustls.monitor.Listener;
import org.milvustls.monitor.MonitorFinding;
import org.milvustls.monitor.MonitorTarget;
import org.milvustls.monitor.State;
import org.milvustls.monitor.TargetStatus;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.CertificateDirectory.ClientFiles;
import org.milvustls.pki.CertificateDirectory.ServerFiles;
import org.milvustls.pki.HostName;
import org.milvustls.pki.InitRequest;
import org.milvustls.pki.LeafRequest;
import org.milvustls.pki.LeafRole;
import org.milvustls.pki.LeafStorage;
import org.milvustls.pki.PemFiles;
import org.milvustls.pki.RenewRequest;
import org.milvustls.server.MilvusServer;
import org.milvustls.server.MilvusServers;
import org.milvustls.server.ServerKind;
import org.milvustls.server.ServerRequest;
import org.milvustls.tls.ServedChain;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsSettings;

/**
 * A certificate from its last days to its successor, on a real Milvus: what the monitor says at
 * each step, and what a service that searches notices.
 */
@Execution(ExecutionMode.CONCURRENT)
class RotationStory {
  private static final String SERVER = InitRequest.DEFAULT_SERVER;
  private static final String CLIENT = "story";

  /** For what is waited for: a restart on its data took Milvus a minute, once. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Path folder;
  private final CertificateDirectory directory;

  RotationStory(@TempDir Path folder) {
    Stage.of(ServerKind.EMBEDDED);
    this.folder = folder;
    this.directory = CertificateDirectory.at(folder.resolve("certs"));
  }

  @BeforeEach
  void certificates() {
    directory.init(InitRequest.builder().host("localhost").client(CLIENT).build());
  }

  /** A server leaf that began to be valid so long ago. */
  private void leafSince(Duration age, Duration lifetime) {
    directory.replace(
        LeafRequest.server(SERVER, HostName.listOf("localhost"))
            .withNotBefore(Instant.now().minus(age))
            .withLifetime(lifetime),
        LeafStorage.DEFAULT);
  }

  private MilvusServer start(TlsMode mode) {
    ServerFiles files = directory.serverFiles(SERVER);
    return MilvusServers.start(
        ServerRequest.builder(mode)
            .kind(ServerKind.EMBEDDED)
            .certificate(files.certificate(), files.key())
            .clientCa(files.clientCa())
            .startLimit(LIMIT)
            .build());
  }

  private static MilvusSearch search(ConnectionSettings settings) {
    return MilvusSearch.open(settings, LIMIT);
  }

  private TargetStatus monitor(MilvusServer server) {
    Listener listener =
        new Listener(
            "localhost",
            server.port(),
            "localhost",
            Optional.of(directory.trustAnchors()),
            Optional.empty(),
            server.mode() == TlsMode.MUTUAL);
    return CertificateMonitor.withClock(Clock.systemUTC())
        .check(List.of(MonitorTarget.deployed(directory.path(), SERVER, listener)))
        .targets()
        .get(0);
  }

  /** The leaf in the directory. */
  private X509Certificate leaf() {
    return PemFiles.certificates(directory.serverFiles(SERVER).certificate()).get(0);
  }

  /** What is served has the serial number of what is in the directory, and another than before. */
  private void assertServed(MilvusServer server, X509Certificate former) {
    BigInteger serial =
        ServedChain.capture("localhost", server.port(), "localhost", Optional.empty(), LIMIT)
            .chain()
            .get(0)
            .getSerialNumber();
    assertThat(serial).isEqualTo(leaf().getSerialNumber()).isNotEqualTo(former.getSerialNumber());
  }

  private static List<String> ids(TargetStatus status) {
    return status.findings().stream().map(MonitorFinding::id).toList();
  }

  private ConnectionSettings settings(MilvusServer server) {
    return settings(server, directory.clientFiles(CLIENT));
  }

  private static ConnectionSettings settings(MilvusServer server, ClientFiles files) {
    TlsSettings.Builder tls = TlsSettings.builder(server.mode()).trustAnchors(files.trustAnchors());
    if (server.mode() == TlsMode.MUTUAL) {
      tls.clientCertificate(files.certificate(), files.key());
    }
    return ConnectionSettings.builder("localhost", server.port(), tls.build()).build();
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsMode.class,
      names = {"SERVER", "MUTUAL"})
  void a_renewed_certificate_is_served_after_a_restart_and_searches_go_on(TlsMode mode)
      throws Exception {
    leafSince(Duration.ofDays(73), Duration.ofDays(85));
    try (MilvusServer server = start(mode);
        MilvusSearch search = search(settings(server))) {
      Docs.load(search.connection().client());
      assertThat(Docs.isAnswer(search.search(Docs.query()))).isTrue();
      assertThat(monitor(server).state()).isEqualTo(State.WARNING);
      assertThat(monitor(server).findings()).isEmpty();
      X509Certificate former = leaf();

      directory.renew(RenewRequest.due());
      assertThat(ids(monitor(server))).containsExactly("renewed-not-served");

      Searching searching = Searching.start(search);
      directory.deploy(pending -> server.restart());
      searching.endAfter(3);

      TargetStatus after = monitor(server);
      assertThat(after.findings()).isEmpty();
      assertThat(after.state()).isEqualTo(State.OK);
      assertServed(server, former);
      assertThat(directory.pendingDeploys()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsMode.class,
      names = {"SERVER", "MUTUAL"})
  void an_expired_certificate_is_told_refused_and_mended_by_renewal_and_restart(TlsMode mode) {
    leafSince(Duration.ofDays(30), Duration.ofDays(20));
    X509Certificate former = leaf();
    try (MilvusServer server = start(mode)) {
      assertThat(monitor(server).state()).isEqualTo(State.EXPIRED);
      assertThat(connects(settings(server))).contains("expired");

      directory.renew(RenewRequest.due());
      // What is in the directory is fresh, what is served is still the expired one.
      assertThat(monitor(server).state()).isEqualTo(State.EXPIRED);
      assertThat(ids(monitor(server))).contains("renewed-not-served");

      directory.deploy(pending -> server.restart());
      assertThat(monitor(server).state()).isEqualTo(State.OK);
      assertServed(server, former);
      assertThat(connects(settings(server))).isEmpty();
    }
  }

  @Test
  void a_new_server_ca_reaches_clients_before_the_server_changes() throws Exception {
    try (MilvusServer server = start(TlsMode.SERVER)) {
      ClientFiles old = keep(directory.clientFiles(CLIENT));

      directory.startRotation(LeafRole.SERVER);
      assertThatThrownBy(() -> directory.switchRotation(LeafRole.SERVER))
          .hasMessageStartingWith("changed files are not deployed yet");
      directory.deploy(pending -> {});
      assertThat(connects(settings(server, old))).isEmpty();
      assertThat(connects(settings(server))).isEmpty();

      X509Certificate former = leaf();
      try (MilvusSearch search = search(settings(server))) {
        Docs.load(search.connection().client());
        assertThat(Docs.isAnswer(search.search(Docs.query()))).isTrue();
        directory.switchRotation(LeafRole.SERVER);
        assertThat(ids(monitor(server))).contains("renewed-not-served");
        Searching searching = Searching.start(search);
        directory.deploy(pending -> server.restart());
        searching.endAfter(3);
      }
      assertThat(monitor(server).state()).isEqualTo(State.OK);
      assertServed(server, former);
      assertThat(connects(settings(server))).isEmpty();
      assertThat(connects(settings(server, old))).contains("not trusted");

      directory.finishRotation(LeafRole.SERVER, List.of());
      assertThat(connects(settings(server))).isEmpty();
      assertThat(PemFiles.certificates(directory.trustAnchors())).hasSize(1);
    }
  }

  @Test
  void a_new_client_ca_lets_old_and_new_clients_in_until_the_old_one_goes() throws Exception {
    try (MilvusServer server = start(TlsMode.MUTUAL);
        MilvusSearch search = search(settings(server))) {
      Docs.load(search.connection().client());
      Searching searching = Searching.start(search);
      ClientFiles old = keep(directory.clientFiles(CLIENT));
      X509Certificate former = PemFiles.certificates(old.certificate()).get(0);

      directory.startRotation(LeafRole.CLIENT);
      directory.deploy(pending -> server.restart());
      searching.goesOn(3);
      assertThat(connects(settings(server, old))).isEmpty();

      directory.switchRotation(LeafRole.CLIENT);
      ClientFiles fresh = directory.clientFiles(CLIENT);
      assertThat(PemFiles.certificates(fresh.certificate()).get(0)).isNotEqualTo(former);
      assertThat(connects(settings(server, old))).isEmpty();
      assertThat(connects(settings(server, fresh))).isEmpty();

      directory.deploy(pending -> {});
      directory.finishRotation(LeafRole.CLIENT, List.of());
      directory.deploy(pending -> server.restart());
      searching.endAfter(3);
      assertThat(connects(settings(server, fresh))).isEmpty();
      assertThat(connects(settings(server, old))).contains("certificate");
      assertThat(monitor(server).findings()).isEmpty();
      assertThat(monitor(server).state()).isEqualTo(State.OK);
    }
  }

  /** The files of a client that was handed out before. */
  private ClientFiles keep(ClientFiles files) throws Exception {
    return new ClientFiles(
        copy(files.certificate()), copy(files.key()), copy(files.trustAnchors()));
  }

  private Path copy(Path file) throws Exception {
    return Files.copy(
        file, folder.resolve("old-" + file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
  }

  /** Empty when a client connects, else why it does not. */
  private static String connects(ConnectionSettings settings) {
    try (SecureMilvus milvus = SecureMilvus.connect(settings)) {
      milvus.client().listCollections();
      return "";
    } catch (ConnectionFailedException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** A service that searches without a pause. */
  private static final class Searching {
    private final BlockingQueue<Boolean> answers = new LinkedBlockingQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final CompletableFuture<Void> thread;

    private Searching(MilvusSearch search) {
      this.thread =
          CompletableFuture.runAsync(
              () -> {
                while (!over.get()) {
                  answers.add(Docs.isAnswer(search.search(Docs.query())));
                }
              });
    }

    static Searching start(MilvusSearch search) {
      return new Searching(search);
    }

    /** So many more answers; fails when a single search has failed or is wrong. */
    void goesOn(int more) throws Exception {
      assertThat(answers).doesNotContain(false);
      answers.clear();
      for (int i = 0; i < more; i++) {
        assertThat(next()).as("the answer of search %s after the restart", i + 1).isTrue();
      }
    }

    /** The next answer; where there is none, what ended the searches. */
    private boolean next() throws Exception {
      for (long seconds = 0; seconds < 2 * LIMIT.toSeconds(); seconds++) {
        Boolean answer = answers.poll(1, TimeUnit.SECONDS);
        if (answer != null) {
          return answer;
        }
        if (thread.isDone()) {
          thread.get();
        }
      }
      throw new AssertionError("no search was answered within " + LIMIT.multipliedBy(2));
    }

    /** The same, and then it ends. */
    void endAfter(int more) throws Exception {
      goesOn(more);
      over.set(true);
      thread.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }
}
