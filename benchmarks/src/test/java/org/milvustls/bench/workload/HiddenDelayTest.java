package org.milvustls.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.bench.result.Measurement;
import org.milvustls.bench.result.Summarizer;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.result.Summary.Pair;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.Comparison;
import org.milvustls.bench.scenario.Dataset;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Plan.PlannedFork;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.InitRequest;
import org.milvustls.server.MilvusServer;
import org.milvustls.server.MilvusServers;
import org.milvustls.server.ServerChoice;
import org.milvustls.server.ServerKind;
import org.milvustls.server.ServerRequest;
import org.milvustls.tls.ClientHello;
import org.milvustls.tls.TlsMode;

/**
 * The whole way from bursts to verdict on a real Milvus: a relay outside the product makes one of
 * two arms later by a time that the harness is not told.
 */
class HiddenDelayTest {
  private static final Duration DELAY = Duration.ofMillis(4);
  private static final Cell JDK =
      Cell.secured(Operation.SEARCH, TlsMode.SERVER, Cell.Tls.base(ClientProvider.JDK));
  private static final Cell BORINGSSL =
      Cell.secured(Operation.SEARCH, TlsMode.SERVER, Cell.Tls.base(ClientProvider.BORINGSSL));
  private static final int FORKS = 4;

  @TempDir Path folder;

  @Test
  void a_delay_hidden_in_one_arm_is_reported_with_its_size() throws Exception {
    ServerChoice choice =
        MilvusServers.choose(ServerRequest.builder(TlsMode.OFF).kind(ServerKind.EMBEDDED).build());
    assumeTrue(choice.isAvailable(), "no embedded Milvus on this machine: " + choice.reason());
    CertificateDirectory certificates = CertificateDirectory.at(folder.resolve("certs"));
    certificates.init(InitRequest.builder().build());
    CertificateDirectory.ServerFiles files = certificates.serverFiles("milvus");
    Credentials credentials =
        new Credentials(certificates.trustAnchors(), Optional.empty(), Optional.of("localhost"));
    try (MilvusServer server =
            MilvusServers.start(
                ServerRequest.builder(TlsMode.SERVER)
                    .kind(ServerKind.EMBEDDED)
                    .certificate(files.certificate(), files.key())
                    .build());
        SlowRelay relay = SlowRelay.to(endpoint(server), DELAY, HiddenDelayTest::isBoringSsl)) {
      CollectionSpec collection =
          CollectionLoader.load(
              endpoint(server),
              Optional.of(credentials),
              new CollectionSpec("hidden_delay", 2000, 32, 11, Optional.empty()),
              folder.resolve("answers.json"));
      Target target =
          new Target(
              Map.of(TlsMode.SERVER.id(), relay.endpoint()),
              Optional.of(credentials),
              Map.of(Dataset.WIDTH_128, collection));

      Summary summary = measured(target);

      Pair pair = summary.comparisons().get(0).pairs().get(0);
      assertThat(pair.ratio().interval().orElseThrow().low())
          .as("%s %s", pair, summary.trust())
          .isGreaterThan(1);
      assertThat(pair.differenceNanos().mean())
          .as("%s %s", pair, summary.trust())
          .isCloseTo((double) DELAY.toNanos(), withinPercentage(20));
    }
  }

  /** gRPC on the JDK offers the one cipher suite that the cell names; BoringSSL offers all. */
  private static boolean isBoringSsl(ClientHello hello) {
    return hello.cipherSuites().size() > 1;
  }

  private static Endpoint endpoint(MilvusServer server) {
    return Endpoint.ours(server.host(), server.port(), server.mode(), Optional.empty());
  }

  private Summary measured(Target target) {
    Panel panel =
        Panel.of(
            List.of(new Comparison("hidden", "which?", JDK, List.of(BORINGSSL), true, 0.03)),
            100_000,
            FORKS,
            2,
            6);
    List<PlannedFork> forks = new ArrayList<>();
    List<Measurement> lines = new ArrayList<>();
    for (int fork = 0; fork < FORKS; fork++) {
      forks.add(new PlannedFork(fork, Suite.SEARCH, panel.name(), 0, fork, Optional.empty()));
      lines.add(measure(panel, forks.get(fork), target));
    }
    Plan plan =
        new Plan(
            Plan.SCHEMA,
            "quick",
            0,
            List.of(panel),
            forks,
            List.of(),
            0.95,
            Duration.ZERO,
            Duration.ofMinutes(1));
    return Summarizer.summarize("hidden", plan, lines);
  }

  private Measurement measure(Panel panel, PlannedFork fork, Target target) {
    Path file = folder.resolve("fork-" + fork.index() + ".jsonl");
    try (ForkSession session = ForkSession.open(new ForkSpec(panel, fork.seed(), target, file))) {
      session.warmUp();
      for (int cycle = 0; cycle < panel.cycles(); cycle++) {
        session.cycle();
      }
    }
    ForkResult result = SideFile.read(file).result().orElseThrow();
    return new Measurement(
        Measurement.SCHEMA,
        fork.index(),
        1,
        fork.suite(),
        fork.panel(),
        fork.rotation(),
        Instant.EPOCH,
        Duration.ofSeconds(1),
        Optional.empty(),
        panel.warmupCycles(),
        result.arms(),
        List.of(),
        result.jvm(),
        result.collections(),
        Optional.empty());
  }
}
