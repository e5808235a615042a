package org.milvustls.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.client.ConnectionDiagnosis;
import org.milvustls.client.ConnectionSettings;
import org.milvustls.milvus.ConfigFormat;
import org.milvustls.milvus.ConfigRender;
import org.milvustls.milvus.MilvusTlsConfig;
import org.milvustls.milvus.MilvusVersion;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.InitRequest;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * What {@code config render --format compose} writes for 2.3, given to a container of the image
 * that MILVUS_TLS_IMAGE names. Without {@code docker compose}, which not every engine has: the
 * service's environment and volumes are read from the file and given to the engine as they stand.
 */
class RenderedComposeTest {
  private static final String IMAGE = System.getenv().getOrDefault("MILVUS_TLS_IMAGE", "");
  private static final int GRPC = 19530;
  private static final int REST = 8080;

  private final CertificateDirectory certificates;

  RenderedComposeTest(@TempDir Path folder) {
    this.certificates = CertificateDirectory.at(folder.resolve("certs"));
    certificates.init(InitRequest.builder().host("localhost").client("search").build());
  }

  @Test
  void makes_a_container_serve_mutual_tls_on_both_ports() throws Exception {
    boolean required = "required".equals(System.getenv("MILVUS_TLS_CONTAINERS"));
    assumeTrue(required || !IMAGE.isEmpty(), "containers: MILVUS_TLS_IMAGE does not name an image");
    Optional<Obstacle> problem = DockerEngine.obstacle(IMAGE);
    if (required) {
      assertThat(problem).isEmpty();
    }
    assumeTrue(problem.isEmpty(), () -> "containers: " + problem.orElseThrow());

    Map<?, ?> service = serviceOf(rendered());
    int grpc = freePort();
    int rest = freePort();
    try (GenericContainer<?> container = container(service, grpc, rest)) {
      container.start();
      try {
        awaitTls(container, grpc);
        CertificateDirectory.ClientFiles client = certificates.clientFiles("search");
        TlsSettings tls =
            TlsSettings.builder(TlsMode.MUTUAL)
                .trustAnchors(certificates.trustAnchors())
                .clientCertificate(client.certificate(), client.key())
                .build();
        ConnectionDiagnosis connected =
            whenReady(ConnectionSettings.builder("localhost", grpc, tls).build());
        assertThat(connected.failed()).isEmpty();
        assertThat(connected.negotiated().orElseThrow().protocol()).isEqualTo("TLSv1.3");
        assertThat(TlsProbe.handshake(rest)).isEqualTo("refused: certificate");
      } catch (AssertionError e) {
        e.addSuppressed(new IllegalStateException(container.getLogs()));
        throw e;
      }
    }
  }

  /**
   * Milvus listens before it is ready: the last answer within five minutes, or the first good one.
   */
  private static ConnectionDiagnosis whenReady(ConnectionSettings settings) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    ConnectionDiagnosis connected = ConnectionDiagnosis.of(settings);
    while (connected.failed().isPresent() && System.nanoTime() < end) {
      Thread.sleep(500);
      connected = ConnectionDiagnosis.of(settings);
    }
    return connected;
  }

  private String rendered() {
    Path files =
        Objects.requireNonNull(certificates.serverFiles("milvus").certificate().getParent());
    return new ConfigRender(
            MilvusVersion.of("2.3.5"),
            MilvusTlsConfig.mutual("/t/server.pem", "/t/server.key", "/t/client-ca.pem")
                .withRestPort(REST),
            new ConfigRender.Source(Optional.of(files), Optional.empty(), "/t"))
        .in(ConfigFormat.COMPOSE);
  }

  private static Map<?, ?> serviceOf(String compose) {
    Map<?, ?> root = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(compose);
    Map<?, ?> services = (Map<?, ?>) Objects.requireNonNull(root.get("services"));
    return (Map<?, ?>) Objects.requireNonNull(services.get("standalone"));
  }

  private static GenericContainer<?> container(Map<?, ?> service, int grpc, int rest) {
    GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(IMAGE));
    container.withLabel(DockerEngine.OWNER_LABEL, ProcessIdentity.ofThisJvm().toString());
    // What the image's own Compose file says besides.
    container.withEnv("DEPLOY_MODE", "STANDALONE").withCommand("milvus", "run", "standalone");
    ((Map<?, ?>) Objects.requireNonNull(service.get("environment")))
        .forEach((name, value) -> container.withEnv((String) name, (String) value));
    List<Bind> volumes =
        ((List<?>) Objects.requireNonNull(service.get("volumes")))
            .stream().map(volume -> Bind.parse((String) volume)).toList();
    container.withCreateContainerCmdModifier(
        create ->
            create
                .withExposedPorts(ExposedPort.tcp(GRPC), ExposedPort.tcp(REST))
                .withHostConfig(
                    HostConfig.newHostConfig()
                        .withBinds(volumes)
                        .withPortBindings(binding(grpc, GRPC), binding(rest, REST))));
    return container;
  }

  private static PortBinding binding(int here, int inside) {
    return new PortBinding(Ports.Binding.bindIpAndPort("127.0.0.1", here), ExposedPort.tcp(inside));
  }

  private static void awaitTls(GenericContainer<?> container, int port) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    String seen = "";
    while (System.nanoTime() < end && container.isRunning()) {
      seen = TlsProbe.handshake(port);
      if (seen.equals("refused: certificate")) {
        return;
      }
      Thread.sleep(200);
    }
    assertThat(seen).as("running: " + container.isRunning()).isEqualTo("refused: certificate");
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
