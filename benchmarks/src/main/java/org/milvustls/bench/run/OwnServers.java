package org.milvustls.bench.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.result.Measurement.ServerUse;
import org.milvustls.bench.scenario.Dataset;
import org.milvustls.bench.scenario.ServerRole;
import org.milvustls.bench.workload.CollectionLoader;
import org.milvustls.bench.workload.CollectionSpec;
import org.milvustls.bench.workload.ForkResult;
import org.milvustls.bench.workload.Target;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.server.MilvusServer;
import org.milvustls.server.MilvusServers;
import org.milvustls.server.ServerKind;
import org.milvustls.server.ServerRequest;
import org.milvustls.tls.TlsMode;

/**
 * Servers that this run starts: one process for each role, on byte-identical copies of one data
 * folder. From fork to fork the modes rotate over the copies. A difference between two folders
 * therefore cannot look like a difference between two modes.
 */
final class OwnServers implements Servers {
  private static final Duration SEARCHABLE = Duration.ofSeconds(60);

  /**
   * Intervals at which the query coordinator checks for collections to load. With its defaults (10
   * s, 1 s, 1 s) a restarted Milvus is searchable after 3 s, sometimes 12. The settings do not
   * affect searches, and an idle server uses about as much CPU as before.
   */
  private static final Map<String, String> LOADING =
      new TreeMap<>(
          Map.of(
              "QUERYCOORD_UPDATENEXTTARGETINTERVAL", "1",
              "QUERYCOORD_CHECKSEGMENTINTERVAL", "100",
              "QUERYCOORD_CHECKCHANNELINTERVAL", "100"));

  /** Settings of the first server, which is not timed: it also seals and loads without pauses. */
  private static final Map<String, String> FILLING =
      Map.of(
          "QUERYCOORD_DISTPULLINTERVAL", "100",
          "DATACOORD_SEGMENT_ASSIGNMENTEXPIRATION", "200");

  private final ServerKind kind;
  private final String image;
  private final Path work;
  private final CertificateDirectory certificates;
  private final Credentials credentials;

  /** Replaced as a whole, because a shutdown hook may stop servers while a fork starts others. */
  private volatile Map<String, MilvusServer> running = Map.of();

  private Map<Dataset, CollectionSpec> collections;
  private int rotation = -1;
  private String version = "unknown";

  private OwnServers(
      ServerKind kind,
      String image,
      Path work,
      CertificateDirectory certificates,
      Credentials credentials,
      Map<Dataset, CollectionSpec> collections) {
    this.kind = kind;
    this.image = image;
    this.work = work;
    this.certificates = certificates;
    this.credentials = credentials;
    this.collections = collections;
  }

  /**
   * Makes certificates, loads the collections into a first server and stops it. All servers get
   * copies of its data folder.
   *
   * @param work folder of this run for data and keys; removed by {@link #close()}
   */
  static OwnServers prepare(
      ServerKind kind, String image, Path work, Map<Dataset, CollectionSpec> collections) {
    CertificateDirectory certificates = Certificates.create(work.resolve("certs"));
    OwnServers servers =
        new OwnServers(
            kind, image, work, certificates, Certificates.credentials(certificates), collections);
    try {
      servers.load();
      return servers;
    } catch (RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  private void load() {
    ServerRequest.Builder first = request(ServerRole.of(TlsMode.OFF.id()), base());
    FILLING.forEach(first::environment);
    try (MilvusServer server = MilvusServers.start(first.build())) {
      version = server.version().orElse("unknown");
      collections = CollectionLoader.loadAll(endpoint(server), Optional.empty(), collections, work);
    }
  }

  private Path base() {
    return work.resolve("data-base");
  }

  private Path copy(int index) {
    return work.resolve("data-" + index);
  }

  private ServerRequest.Builder request(ServerRole role, Path data) {
    var files = Certificates.server(certificates, role.keyType());
    ServerRequest.Builder request =
        ServerRequest.builder(role.mode())
            .kind(kind)
            .image(image)
            .certificate(files.certificate(), files.key())
            .clientCa(files.clientCa())
            .dataFolder(data);
    LOADING.forEach(request::environment);
    return request;
  }

  @Override
  public Target running(List<String> roles, int wanted) {
    boolean fits =
        wanted == rotation
            && List.copyOf(running.keySet()).equals(roles)
            && running.values().stream().allMatch(MilvusServer::isAlive);
    if (!fits) {
      stop();
      startAll(roles, wanted);
    }
    Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    for (String role : roles) {
      endpoints.put(role, endpoint(server(role)));
    }
    return new Target(endpoints, Optional.of(credentials), collections);
  }

  private MilvusServer server(String role) {
    MilvusServer server = running.get(role);
    if (server == null) {
      throw new IllegalStateException("no server in role " + role);
    }
    return server;
  }

  private void startAll(List<String> roles, int wanted) {
    makeCopies(roles.size());
    Map<String, Callable<MilvusServer>> starts = new LinkedHashMap<>();
    for (int r = 0; r < roles.size(); r++) {
      ServerRequest request =
          request(ServerRole.of(roles.get(r)), copy((r + wanted) % roles.size())).build();
      starts.put(roles.get(r), () -> startSearchable(request));
    }
    ExecutorService threads = Executors.newFixedThreadPool(starts.size());
    try {
      Map<String, Future<MilvusServer>> started = new LinkedHashMap<>();
      starts.forEach((role, start) -> started.put(role, threads.submit(start)));
      collect(started);
    } finally {
      threads.shutdown();
    }
    rotation = wanted;
  }

  private MilvusServer startSearchable(ServerRequest request) {
    MilvusServer server = MilvusServers.start(request);
    try {
      for (CollectionSpec collection : collections.values()) {
        CollectionLoader.awaitSearchable(
            endpoint(server), Optional.of(credentials), collection, SEARCHABLE);
      }
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void collect(Map<String, Future<MilvusServer>> started) {
    Map<String, MilvusServer> up = new LinkedHashMap<>();
    RuntimeException first = null;
    for (Map.Entry<String, Future<MilvusServer>> entry : started.entrySet()) {
      try {
        up.put(entry.getKey(), entry.getValue().get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        first = new IllegalStateException("interrupted while servers start", e);
      } catch (ExecutionException e) {
        first =
            e.getCause() instanceof MilvusTlsException told
                ? told
                : new IllegalStateException(
                    "server " + entry.getKey() + " did not start", e.getCause());
      }
    }
    running = Collections.unmodifiableMap(up);
    if (first != null) {
      stop();
      throw first;
    }
  }

  private static Endpoint endpoint(MilvusServer server) {
    Optional<Long> pid =
        server.pid().isPresent() ? Optional.of(server.pid().getAsLong()) : Optional.empty();
    return Endpoint.ours(server.host(), server.port(), server.mode(), pid);
  }

  /** Makes new copies for each start, so that all servers begin with the same bytes. */
  private void makeCopies(int wanted) {
    for (int copy = 0; copy < wanted; copy++) {
      try {
        WorkFolder.delete(copy(copy));
        copyTree(base(), copy(copy));
      } catch (IOException e) {
        throw MilvusTlsException.failure("cannot copy the data of Milvus")
            .seen(e)
            .next("free some space where temporary files live")
            .cause(e)
            .build();
      }
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(dir)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void stop() {
    Map<String, MilvusServer> ending = running;
    running = Map.of();
    rotation = -1;
    ending.values().forEach(MilvusServer::close);
  }

  @Override
  public Optional<String> ended() {
    String roles =
        running.entrySet().stream()
            .filter(entry -> !entry.getValue().isAlive())
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    return Optional.of(roles)
        .filter(names -> !names.isEmpty())
        .map(names -> "Milvus has ended while the fork ran (" + names + ")");
  }

  @Override
  public List<ServerUse> use(ForkResult result) {
    List<String> roles = new ArrayList<>(running.keySet());
    List<ServerUse> use = new ArrayList<>();
    for (int r = 0; r < roles.size(); r++) {
      String role = roles.get(r);
      if (result.calls().containsKey(role)) {
        use.add(
            new ServerUse(
                role,
                kind.id(),
                version,
                Optional.of((r + rotation) % roles.size()),
                Optional.ofNullable(result.idleCpuShares().get(role)),
                result.calls().getOrDefault(role, 0L)));
      }
    }
    return use;
  }

  @Override
  public String description() {
    return kind.id() + " Milvus " + version;
  }

  @Override
  public Map<String, String> settings() {
    return LOADING;
  }

  @Override
  public Map<Dataset, CollectionSpec> collections() {
    return collections;
  }

  @Override
  public Optional<String> bias() {
    return Optional.empty();
  }

  @Override
  public void close() {
    stop();
    WorkFolder.delete(work);
  }
}
