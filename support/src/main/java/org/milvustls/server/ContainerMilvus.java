package org.milvustls.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.milvus.MilvusTlsConfig;
import org.milvustls.tls.TlsMode;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.milvus.MilvusContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A Milvus in a container of this machine's Docker engine. Its ports are published on the loopback
 * interface only and stay the same after a restart.
 */
public final class ContainerMilvus implements MilvusServer {
  private static final String HOST = "127.0.0.1";
  private static final int GRPC = 19530;
  private static final int REST = 8080;
  private static final int METRICS = 9091;
  private static final int ETCD = 2379;
  private static final String ETCD_CONFIG = "/milvus/configs/etcd-of-milvus-tls.yaml";
  private static final String TLS_FOLDER = "/milvus/tls/";

  /** {@link EtcdSessions} uses the gateway, which is published on the loopback interface only. */
  private static final String ETCD_SETTINGS =
      """
      listen-client-urls: http://0.0.0.0:2379
      advertise-client-urls: http://0.0.0.0:2379
      enable-grpc-gateway: true
      """;

  private static final Pattern VERSION_TAG = Pattern.compile("v?(\\d+\\.\\d+\\.\\d+.*)");

  private final ServerRequest request;
  private final Optional<DataFolder> data;
  private final PortBlock block;
  private final int port;
  private final DockerEngine engine;
  private final DockerClient docker;
  private final Container container;
  private volatile boolean closing;
  private @Nullable Duration timeToReady;
  private boolean released;

  private ContainerMilvus(
      DockerEngine engine, ServerRequest request, Optional<DataFolder> data, PortBlock block) {
    this.request = request;
    this.data = data;
    this.block = block;
    this.port = request.port().orElseGet(() -> block.port(0));
    this.engine = engine;
    this.docker = engine.client();
    this.container = new Container(request, this::modify);
  }

  static ContainerMilvus start(ServerRequest request) {
    DockerEngine engine = DockerEngine.connect();
    engine.removeOrphans();
    PortBlock.requireFree(request.port());
    Optional<DataFolder> data =
        request.dataFolder().map(folder -> DataFolder.take(Optional.of(folder)));
    PortBlock block;
    try {
      block = PortBlock.take(CacheFolder.ofThisUser());
    } catch (RuntimeException e) {
      data.ifPresent(DataFolder::close);
      throw e;
    }
    ContainerMilvus server = new ContainerMilvus(engine, request, data, block);
    RunningServers.add(server);
    try {
      server.launch();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /**
   * Publishes on loopback and binds the data folder, for which Testcontainers would pull an image
   * first.
   */
  private void modify(CreateContainerCmd command) {
    Ports bindings = new Ports();
    bindings.bind(ExposedPort.tcp(GRPC), Ports.Binding.bindIpAndPort(HOST, port));
    bindings.bind(ExposedPort.tcp(REST), Ports.Binding.bindIpAndPort(HOST, block.port(1)));
    bindings.bind(ExposedPort.tcp(METRICS), Ports.Binding.bindIpAndPort(HOST, block.port(2)));
    bindings.bind(ExposedPort.tcp(ETCD), Ports.Binding.bindIpAndPort(HOST, block.port(3)));
    HostConfig host = Objects.requireNonNull(command.getHostConfig()).withPortBindings(bindings);
    data.map(folder -> folder.path().resolve("container").toString())
        .ifPresent(folder -> host.withBinds(new Bind(folder, new Volume("/var/lib/milvus"))));
  }

  private synchronized void launch() {
    long start = System.nanoTime();
    try {
      container.start();
    } catch (RuntimeException e) {
      if (closing) {
        throw stopped(e);
      }
      throw MilvusTlsException.failure(
              "the container of " + request.image() + " could not be started")
          .seen(rootMessage(e))
          .next("see that the engine has memory and disk, and that the image is a Milvus")
          .cause(e)
          .build();
    }
    awaitReady(start);
  }

  private static MilvusTlsException stopped(Throwable cause) {
    return MilvusTlsException.failure("Milvus was stopped while it started").cause(cause).build();
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).strip();
  }

  private void awaitReady(long start) {
    Readiness.Outcome outcome;
    try {
      outcome =
          Readiness.await(
              HOST, port, block.port(2), () -> !closing && isAlive(), request.startLimit());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped(e);
    }
    if (outcome != Readiness.Outcome.READY) {
      throw closing ? stopped(new InterruptedException()) : notReady(outcome);
    }
    timeToReady = Duration.ofNanos(System.nanoTime() - start);
  }

  private MilvusTlsException notReady(Readiness.Outcome outcome) {
    String how =
        outcome == Readiness.Outcome.DIED
            ? state().map(ContainerMilvus::howItEnded).orElse("was removed")
                + " before it was ready"
            : "was not ready within " + request.startLimit().toSeconds() + " s";
    List<String> said = log();
    String lines = String.join("\n    ", ServerLog.tellingLines(said));
    return MilvusTlsException.failure(
            "the container of " + request.image() + " " + how + "; its log says\n    " + lines)
        .next(ServerLog.nextStep(said, request.mode()))
        .build();
  }

  private static String howItEnded(ContainerState state) {
    String exit = "ended with exit code " + state.getExitCodeLong();
    return Boolean.TRUE.equals(state.getOOMKilled()) ? exit + " (out of memory)" : exit;
  }

  private Optional<ContainerState> state() {
    String id = container.getContainerId();
    if (id == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(docker.inspectContainerCmd(id).exec().getState());
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  private List<String> log() {
    return container.getContainerId() == null ? List.of() : container.getLogs().lines().toList();
  }

  @Override
  public ServerKind kind() {
    return ServerKind.CONTAINER;
  }

  @Override
  public TlsMode mode() {
    return request.mode();
  }

  @Override
  public String host() {
    return HOST;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public OptionalInt restPort() {
    return OptionalInt.of(block.port(1));
  }

  @Override
  public OptionalInt metricsPort() {
    return OptionalInt.of(block.port(2));
  }

  @Override
  public Optional<String> version() {
    Matcher tag = VERSION_TAG.matcher(DockerImageName.parse(request.image()).getVersionPart());
    return tag.matches() ? Optional.of(tag.group(1)) : Optional.empty();
  }

  @Override
  public synchronized Optional<Duration> timeToReady() {
    return Optional.ofNullable(timeToReady);
  }

  @Override
  public Optional<Duration> cpuTime() {
    OptionalLong pid = pid();
    return pid.isEmpty()
        ? Optional.empty()
        : ProcessHandle.of(pid.getAsLong()).flatMap(process -> process.info().totalCpuDuration());
  }

  /** Empty when the engine runs in a virtual machine of its own. */
  @Override
  public OptionalLong pid() {
    return state().map(ContainerState::getPidLong).stream()
        .mapToLong(Long::longValue)
        .filter(this::isOurs)
        .findFirst();
  }

  /** Whether the process with that id is in this container, by its control group. */
  private boolean isOurs(long pid) {
    return pid > 0
        && ServerLog.read(Path.of("/proc", Long.toString(pid), "cgroup")).stream()
            .anyMatch(line -> line.contains(container.getContainerId()));
  }

  @Override
  public Optional<String> logCommand() {
    return Optional.of("docker logs --follow " + container.getContainerId());
  }

  @Override
  public List<String> logTail(int lines) {
    return ServerLog.last(log(), lines);
  }

  @Override
  public synchronized void restart() {
    if (closing) {
      throw MilvusTlsException.usage("a Milvus server that was closed cannot be restarted").build();
    }
    long start = System.nanoTime();
    String id = container.getContainerId();
    if (isAlive()) {
      EtcdSessions.end(block.port(3));
      kill(id);
    }
    docker.startContainerCmd(id).exec();
    awaitReady(start);
  }

  private void kill(String id) {
    try {
      docker.killContainerCmd(id).exec();
    } catch (ConflictException notRunning) {
      // A Milvus that has lost its sessions in etcd may end by itself first.
    }
  }

  @Override
  public boolean isAlive() {
    return state().map(state -> Boolean.TRUE.equals(state.getRunning())).orElse(false);
  }

  @Override
  public void close() {
    // Not synchronized as a whole: Ctrl-C must stop a server that is still starting.
    closing = true;
    release();
  }

  private synchronized void release() {
    if (released) {
      return;
    }
    released = true;
    RunningServers.remove(this);
    String id = container.getContainerId();
    try {
      if (id != null) {
        if (data.isPresent() && isAlive()) {
          EtcdSessions.end(block.port(3));
        }
        engine.remove(id);
      }
    } catch (DockerException e) {
      throw MilvusTlsException.failure("the container of Milvus could not be removed")
          .seen(id)
          .next("run 'docker rm -f " + id + "'")
          .cause(e)
          .build();
    } finally {
      data.ifPresent(DataFolder::close);
      block.close();
    }
  }

  /** The container settings for Testcontainers. */
  private static final class Container extends MilvusContainer {
    Container(ServerRequest request, Consumer<CreateContainerCmd> modifier) {
      super(DockerImageName.parse(request.image()).asCompatibleSubstituteFor("milvusdb/milvus"));
      addExposedPorts(GRPC, REST, METRICS, ETCD);
      withCreateContainerCmdModifier(modifier);
      withLabel(DockerEngine.OWNER_LABEL, ProcessIdentity.ofThisJvm().toString());
      withEnv("DEPLOY_MODE", "STANDALONE");
      withEnv(tls(request).environment());
      withEnv(request.environment());
      withCopyToContainer(Transferable.of(ETCD_SETTINGS), ETCD_CONFIG);
      copy(request.serverPem(), "server.pem", 0444, request.mode().isEncrypted());
      copy(request.serverKey(), "server.key", 0400, request.mode().isEncrypted());
      copy(request.clientCa(), "client-ca.pem", 0444, request.mode() == TlsMode.MUTUAL);
      // This class checks readiness itself, and reports the exit code and the relevant log lines.
      setStartupCheckStrategy(
          new StartupCheckStrategy() {
            @Override
            public StartupStatus checkStartupState(DockerClient client, String containerId) {
              return StartupStatus.SUCCESSFUL;
            }
          });
      waitingFor(
          new AbstractWaitStrategy() {
            @Override
            protected void waitUntilReady() {}
          });
    }

    @Override
    protected void configure() {
      super.configure();
      withEnv("ETCD_CONFIG_PATH", ETCD_CONFIG);
    }

    /** Ports are published on the loopback interface, whatever host Testcontainers would use. */
    @Override
    public String getHost() {
      return HOST;
    }

    private void copy(Optional<Path> file, String name, int mode, boolean needed) {
      file.filter(path -> needed)
          .ifPresent(
              path ->
                  withCopyFileToContainer(
                      MountableFile.forHostPath(path.toAbsolutePath(), mode), TLS_FOLDER + name));
    }

    private static MilvusTlsConfig tls(ServerRequest request) {
      MilvusTlsConfig config =
          switch (request.mode()) {
            case OFF -> MilvusTlsConfig.off();
            case SERVER ->
                MilvusTlsConfig.server(TLS_FOLDER + "server.pem", TLS_FOLDER + "server.key");
            case MUTUAL ->
                MilvusTlsConfig.mutual(
                    TLS_FOLDER + "server.pem",
                    TLS_FOLDER + "server.key",
                    TLS_FOLDER + "client-ca.pem");
          };
      return config.withRestPort(REST);
    }
  }
}
