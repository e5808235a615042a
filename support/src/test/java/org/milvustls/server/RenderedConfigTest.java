package org.milvustls.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.client.ConnectionDiagnosis;
import org.milvustls.client.ConnectionSettings;
import org.milvustls.milvus.ConfigCheck;
import org.milvustls.milvus.ConfigCheckRequest;
import org.milvustls.milvus.ConfigFormat;
import org.milvustls.milvus.ConfigMerge;
import org.milvustls.milvus.ConfigRender;
import org.milvustls.milvus.MilvusTlsConfig;
import org.milvustls.milvus.MilvusVersion;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.CertificateDirectory.ServerFiles;
import org.milvustls.pki.InitRequest;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsSettings;

/**
 * What {@code config render} writes for 2.3, given to a Milvus 2.3.5 that knows nothing else about
 * TLS.
 */
class RenderedConfigTest {
  private final Path folder;
  private CertificateDirectory certificates;
  private EmbeddedDistribution distribution;

  RenderedConfigTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void prepare() {
    ServerChoice choice =
        MilvusServers.choose(ServerRequest.builder(TlsMode.OFF).kind(ServerKind.EMBEDDED).build());
    assumeTrue(choice.isAvailable(), "no embedded Milvus on this machine: " + choice.reason());
    distribution = EmbeddedDistribution.obtain(CacheFolder.ofThisUser(), MilvusWheel.PINNED);
    certificates = CertificateDirectory.at(folder.resolve("certs"));
    certificates.init(InitRequest.builder().host("localhost").client("search").build());
  }

  private ConfigRender render(int restPort) {
    ServerFiles files = certificates.serverFiles("milvus");
    return new ConfigRender(
        MilvusVersion.of("2.3.5"),
        MilvusTlsConfig.mutual(
                files.certificate().toString(), files.key().toString(), files.clientCa().toString())
            .withRestPort(restPort),
        new ConfigRender.Source(
            Optional.ofNullable(files.certificate().getParent()), Optional.empty(), "/t"));
  }

  @Test
  void as_yaml_merged_into_milvus_yaml_makes_it_serve_mutual_tls() throws Exception {
    boot(
        (yaml, ports) -> {
          assertThat(ConfigMerge.into(yaml, render(ports.rest()).settings())).isTrue();
          assertThat(
                  ConfigCheck.check(
                          new ConfigCheckRequest(
                              MilvusVersion.of("2.3.5"), List.of(yaml), Optional.empty(), Map.of()),
                          Clock.systemUTC())
                      .effect())
              .startsWith("serves mutual TLS");
          return Map.of();
        });
  }

  @Test
  void as_environment_makes_it_serve_mutual_tls() throws Exception {
    boot(
        (yaml, ports) ->
            render(ports.rest())
                .in(ConfigFormat.ENV)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
  }

  /** Gives the configuration to a server, and returns what else shall be in its environment. */
  private interface Configuration {
    Map<String, String> give(Path milvusYaml, EmbeddedPorts ports);
  }

  private void boot(Configuration configuration) throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    try (PortBlock block = PortBlock.take(CacheFolder.ofThisUser())) {
      EmbeddedPorts ports = new EmbeddedPorts(block.port(0), block);
      EmbeddedConfig.write(distribution, home, ports);
      Map<String, String> environment = new LinkedHashMap<>();
      environment.put("DEPLOY_MODE", "STANDALONE");
      environment.put("METRICS_PORT", Integer.toString(ports.metrics()));
      environment.put("LD_LIBRARY_PATH", distribution.libraries().toString());
      environment.put("ETCD_CONFIG_PATH", EmbeddedConfig.etcdConfig(home).toString());
      environment.putAll(configuration.give(home.resolve("configs/milvus.yaml"), ports));
      Path log = home.resolve("milvus.log");
      ServerProcess process =
          ServerProcess.start(
              List.of(distribution.executable().toString(), "run", "standalone"),
              environment,
              home,
              log);
      try {
        assertThat(
                Readiness.await(
                    "127.0.0.1",
                    ports.proxy(),
                    ports.metrics(),
                    process::isAlive,
                    Duration.ofMinutes(5)))
            .as(() -> String.join("\n", ServerLog.tellingLines(ServerLog.read(log))))
            .isEqualTo(Readiness.Outcome.READY);
        CertificateDirectory.ClientFiles client = certificates.clientFiles("search");
        TlsSettings tls =
            TlsSettings.builder(TlsMode.MUTUAL)
                .trustAnchors(certificates.trustAnchors())
                .clientCertificate(client.certificate(), client.key())
                .build();
        ConnectionDiagnosis connected =
            ConnectionDiagnosis.of(
                ConnectionSettings.builder("localhost", ports.proxy(), tls).build());
        assertThat(connected.failed()).isEmpty();
        assertThat(connected.negotiated().orElseThrow().protocol()).isEqualTo("TLSv1.3");
        assertThat(TlsProbe.handshake(ports.rest())).isEqualTo("refused: certificate");
      } finally {
        process.kill();
        RuntimeFolder.OF_THIS_MACHINE.forget(process.pid());
      }
    }
  }
}
