package org.milvustls.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.milvus.MilvusTlsConfig;
import org.milvustls.tls.TlsMode;

/**
 * The server of the Python package {@code milvus}, as a process of this machine. Several can run
 * side by side. All ports except those of its etcd listen on every interface.
 */
public final class EmbeddedMilvus implements MilvusServer {
  private static final String HOST = "127.0.0.1";
  private static final int PORT_TRIES = 3;

  private final ServerRequest request;
  private final EmbeddedDistribution distribution;
  private final DataFolder data;
  private final EmbeddedPorts ports;
  private final Path log;
  private final Path previousLog;
  private volatile @Nullable ServerProcess process;
  private volatile boolean closing;
  private @Nullable Duration timeToReady;
  private boolean released;

  private EmbeddedMilvus(
      ServerRequest request,
      EmbeddedDistribution distribution,
      DataFolder data,
      EmbeddedPorts ports) {
    this.request = request;
    this.distribution = distribution;
    this.data = data;
    this.ports = ports;
    this.log = data.path().resolve("logs").resolve("milvus.log");
    this.previousLog = log.resolveSibling("milvus.previous.log");
  }

  static EmbeddedMilvus start(ServerRequest request) {
    Path cache = CacheFolder.ofThisUser();
    PortBlock.requireFree(request.port());
    EmbeddedDistribution distribution = EmbeddedDistribution.obtain(cache, MilvusWheel.PINNED);
    for (int tries = 1; ; tries++) {
      DataFolder data = DataFolder.take(request.dataFolder());
      PortBlock block;
      try {
        block = PortBlock.take(cache);
      } catch (RuntimeException e) {
        data.close();
        throw e;
      }
      EmbeddedPorts ports = new EmbeddedPorts(request.port().orElseGet(() -> block.port(0)), block);
      EmbeddedMilvus server = new EmbeddedMilvus(request, distribution, data, ports);
      RunningServers.add(server);
      try {
        server.launch();
        return server;
      } catch (RuntimeException e) {
        // Another process took one of the ports between the check and the server's bind.
        boolean again =
            tries < PORT_TRIES && ServerLog.tellsOfTakenPort(ServerLog.read(server.log));
        server.close();
        if (!again) {
          throw e;
        }
      }
    }
  }

  private synchronized void launch() {
    long start = System.nanoTime();
    try {
      RuntimeFolder.OF_THIS_MACHINE.prepare();
      EmbeddedConfig.write(distribution, data.path(), ports);
      if (Files.exists(log)) {
        Files.move(log, previousLog, StandardCopyOption.REPLACE_EXISTING);
      }
      ServerProcess started =
          ServerProcess.start(
              List.of(distribution.executable().toString(), "run", "standalone"),
              environment(),
              data.path(),
              log);
      process = started;
      data.writePid(started.pid());
      Readiness.Outcome outcome =
          Readiness.await(
              HOST,
              ports.proxy(),
              ports.metrics(),
              () -> started.isAlive() && !closing,
              request.startLimit());
      if (outcome != Readiness.Outcome.READY) {
        started.kill();
        if (closing) {
          throw MilvusTlsException.failure("Milvus was stopped while it started").build();
        }
        throw notReady(started, outcome);
      }
      timeToReady = Duration.ofNanos(System.nanoTime() - start);
    } catch (IOException e) {
      throw MilvusTlsException.failure("the embedded Milvus could not be started")
          .seen(data.path())
          .next("see that the folder can be written and the disk is not full")
          .cause(e)
          .build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MilvusTlsException.failure("Milvus was stopped while it started").cause(e).build();
    }
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("DEPLOY_MODE", "STANDALONE");
    environment.put("METRICS_PORT", Integer.toString(ports.metrics()));
    environment.put("LD_LIBRARY_PATH", distribution.libraries().toString());
    environment.put("ETCD_CONFIG_PATH", EmbeddedConfig.etcdConfig(data.path()).toString());
    environment.putAll(tls().environment());
    environment.putAll(request.environment());
    return environment;
  }

  private MilvusTlsConfig tls() {
    TlsMode mode = request.mode();
    boolean encrypted = mode.isEncrypted();
    return new MilvusTlsConfig(
        mode,
        request.serverPem().filter(path -> encrypted).map(EmbeddedMilvus::absolute),
        request.serverKey().filter(path -> encrypted).map(EmbeddedMilvus::absolute),
        request.clientCa().filter(path -> mode == TlsMode.MUTUAL).map(EmbeddedMilvus::absolute),
        OptionalInt.of(ports.rest()));
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  private MilvusTlsException notReady(ServerProcess started, Readiness.Outcome outcome) {
    String how =
        outcome == Readiness.Outcome.DIED
            ? "ended with exit code " + started.exitCode() + " before it was ready"
            : "was not ready within " + request.startLimit().toSeconds() + " s";
    List<String> said = ServerLog.read(log);
    String lines = String.join("\n    ", ServerLog.tellingLines(said));
    return MilvusTlsException.failure("the embedded Milvus " + how + "; its log says\n    " + lines)
        .next(ServerLog.nextStep(said, request.mode()))
        .build();
  }

  @Override
  public ServerKind kind() {
    return ServerKind.EMBEDDED;
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
    return ports.proxy();
  }

  @Override
  public OptionalInt restPort() {
    return OptionalInt.of(ports.rest());
  }

  @Override
  public OptionalInt metricsPort() {
    return OptionalInt.of(ports.metrics());
  }

  @Override
  public Optional<String> version() {
    return Optional.of(MilvusWheel.PINNED.version());
  }

  @Override
  public synchronized Optional<Duration> timeToReady() {
    return Optional.ofNullable(timeToReady);
  }

  @Override
  public Optional<Duration> cpuTime() {
    return Optional.ofNullable(process).flatMap(ServerProcess::cpuTime);
  }

  @Override
  public OptionalLong pid() {
    ServerProcess running = process;
    return running == null ? OptionalLong.empty() : OptionalLong.of(running.pid());
  }

  @Override
  public Optional<String> logCommand() {
    return Optional.of("tail -F '" + log.toString().replace("'", "'\\''") + "'");
  }

  @Override
  public List<String> logTail(int lines) {
    return ServerLog.last(ServerLog.read(log), lines);
  }

  @Override
  public synchronized void restart() {
    if (closing) {
      throw MilvusTlsException.usage("a Milvus server that was closed cannot be restarted").build();
    }
    endSessions();
    kill();
    launch();
  }

  /** Makes the next server on this data searchable at once; see {@link EtcdSessions}. */
  private void endSessions() {
    if (isAlive()) {
      EtcdSessions.end(ports.etcdClient());
    }
  }

  @Override
  public boolean isAlive() {
    ServerProcess running = process;
    return running != null && running.isAlive();
  }

  @Override
  public void close() {
    // Not synchronized as a whole: Ctrl-C must stop a server that is still starting.
    closing = true;
    if (data.isKept()) {
      endSessions();
    }
    kill();
    release();
  }

  private void kill() {
    ServerProcess running = process;
    if (running != null) {
      running.kill();
      RuntimeFolder.OF_THIS_MACHINE.forget(running.pid());
    }
  }

  private synchronized void release() {
    kill();
    if (!released) {
      released = true;
      RunningServers.remove(this);
      data.close();
      ports.block().close();
    }
  }
}
