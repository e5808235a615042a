package org.milvustls.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ends commands with SIGKILL in the middle of their work. More kills than the default are asked for
 * with {@code -Dmilvustls.kills=N}.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("milvustls.kills", 8);
  private static final long SEED = 20260601;
  private static final int LONGEST_LIFE_MILLIS = 150;

  private final Path folder;

  KillTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void renew_leaves_a_usable_pair_each_time() throws Exception {
    CertificateDirectory certificates = CertificateDirectory.at(folder.resolve("certs"));
    certificates.init(InitRequest.builder().client("search").build());
    Random random = new Random(SEED);
    for (int i = 0; i < KILLS; i++) {
      killed(random, "renew", certificates.path().toString());
      requireUsable(certificates);
    }
    certificates.renew(new RenewRequest(RenewalPolicy.byLifetime(), true, false));
    requireUsable(certificates);
    try (Stream<Path> entries = Files.list(certificates.path().resolve("servers/milvus"))) {
      assertThat(entries.filter(entry -> entry.getFileName().toString().startsWith("..2")))
          .as("generations kept: the one in force and the one before")
          .hasSize(2);
    }
  }

  @Test
  void init_leaves_a_whole_directory_or_none_that_looks_whole() throws Exception {
    Random random = new Random(SEED);
    for (int i = 0; i < KILLS; i++) {
      killed(random, "init", folder.toString(), "run" + i);
    }
    List<Path> directories;
    try (Stream<Path> entries = Files.list(folder)) {
      directories = entries.filter(Files::isDirectory).toList();
    }
    assertThat(directories).isNotEmpty();
    for (Path directory : directories) {
      CertificateDirectory certificates = CertificateDirectory.at(directory);
      if (certificates.exists()) {
        requireUsable(certificates);
      }
      certificates.init(InitRequest.builder().client("search").build());
      requireUsable(certificates);
    }
  }

  @Test
  void two_renewals_at_once_leave_a_usable_pair() throws Exception {
    CertificateDirectory certificates = CertificateDirectory.at(folder.resolve("certs"));
    certificates.init(InitRequest.builder().client("search").build());
    Callable<List<RenewalResult>> renewal =
        () ->
            CertificateDirectory.at(certificates.path())
                .renew(new RenewRequest(RenewalPolicy.byLifetime(), true, false));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<List<RenewalResult>> each :
          threads.invokeAll(List.of(renewal, renewal, renewal, renewal), 5, TimeUnit.MINUTES)) {
        assertThat(each.get())
            .extracting(RenewalResult::outcome)
            .containsOnly(RenewalResult.Outcome.RENEWED);
      }
    } finally {
      threads.shutdownNow();
    }
    requireUsable(certificates);
  }

  /** Starts a process that works without a pause, and kills it after a random time. */
  private static void killed(Random random, String... args) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                KillVictim.class.getName()));
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("ready");
      int life = random.nextInt(LONGEST_LIFE_MILLIS);
      assertThat(process.waitFor(life, TimeUnit.MILLISECONDS)).as("still at work").isFalse();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("dead").isTrue();
  }

  private static void requireUsable(CertificateDirectory certificates) throws IOException {
    assertThat(certificates.leaves()).hasSize(2);
    CertificateDirectory.ServerFiles server = certificates.serverFiles("milvus");
    requirePair(server.certificate(), server.key(), certificates.trustAnchors());
    CertificateDirectory.ClientFiles client = certificates.clientFiles("search");
    requirePair(client.certificate(), client.key(), server.clientCa());
  }

  private static void requirePair(Path certificate, Path key, Path anchors) {
    List<X509Certificate> chain = PemFiles.certificates(certificate);
    assertThat(KeyMatch.matches(chain.get(0).getPublicKey(), PemFiles.privateKey(key)))
        .as("key of " + certificate)
        .isTrue();
    assertThat(new ChainCheck(chain, PemFiles.certificates(anchors)).run()).isEmpty();
  }
}
