package org.milvustls.server;

import java.nio.file.Path;
import java.util.Optional;
import org.milvustls.MilvusTlsException;

/** Starts servers, and chooses the kind of server for a request. */
public final class MilvusServers {
  /** The dependency is optional. */
  static final Obstacle NO_TESTCONTAINERS =
      new Obstacle(
          "Testcontainers is not on the class path",
          "add org.testcontainers:testcontainers-milvus");

  private MilvusServers() {}

  /**
   * Starts a server and waits until it is ready; connects to an external one.
   *
   * @throws MilvusTlsException when no server of the requested kind can start, with the reason and
   *     remedy of each kind; when the server dies or is not ready in time, with its exit code and
   *     the relevant lines of its log; when its port or its data folder is in use
   */
  public static MilvusServer start(ServerRequest request) {
    return start(request, choose(request));
  }

  /**
   * The same with a choice that {@link #choose} has made for the request, which may have tried to
   * pull an image.
   */
  public static MilvusServer start(ServerRequest request, ServerChoice choice) {
    ServerKind kind =
        choice.kind().orElseThrow(() -> MilvusTlsException.failure(choice.reason()).build());
    return switch (kind) {
      case EMBEDDED -> EmbeddedMilvus.start(request);
      case CONTAINER -> ContainerMilvus.start(request);
      case EXTERNAL -> ExternalMilvus.reach(request);
      case AUTO -> throw new IllegalStateException("AUTO is never chosen");
    };
  }

  /**
   * Chooses the kind of server for a request, with the reason. {@link ServerKind#AUTO} takes a
   * container when an engine answers and has the image or can pull it (this method pulls it);
   * otherwise embedded.
   */
  public static ServerChoice choose(ServerRequest request) {
    return switch (request.kind()) {
      case EXTERNAL ->
          ServerChoice.of(
              ServerKind.EXTERNAL,
              "Using the Milvus at %s:%d, as asked."
                  .formatted(request.host(), request.port().orElseThrow()));
      case EMBEDDED ->
          embeddedObstacle()
              .map(why -> ServerChoice.none("An embedded Milvus cannot be started: " + why + "."))
              .orElseGet(() -> embedded(", as asked."));
      case CONTAINER ->
          containerObstacle(request)
              .map(why -> ServerChoice.none("A container cannot be started: " + why + "."))
              .orElseGet(() -> container(request, ", as asked."));
      case AUTO -> automatic(request);
    };
  }

  /**
   * Fetches and unpacks the embedded server, unless it is in the cache.
   *
   * @return its folder, with {@code bin/milvus} and {@code config.yaml.template}
   */
  public static Path fetchEmbedded() {
    return EmbeddedDistribution.obtain(CacheFolder.ofThisUser(), MilvusWheel.PINNED).folder();
  }

  private static ServerChoice automatic(ServerRequest request) {
    Optional<Obstacle> noContainer = containerObstacle(request);
    if (noContainer.isEmpty()) {
      return container(request, ": a Docker engine answers.");
    }
    Obstacle reason = noContainer.get();
    return embeddedObstacle()
        .map(
            noEmbedded ->
                ServerChoice.none(
                    "No Milvus can be started:\n  container: "
                        + reason
                        + "\n  embedded: "
                        + noEmbedded
                        + "\n  external: name the host and port of a running server"))
        .orElseGet(() -> embedded(": " + reason.reason() + "."));
  }

  private static ServerChoice container(ServerRequest request, String why) {
    return ServerChoice.of(ServerKind.CONTAINER, "Using a container of " + request.image() + why);
  }

  private static ServerChoice embedded(String why) {
    return ServerChoice.of(
        ServerKind.EMBEDDED, "Using embedded Milvus " + MilvusWheel.PINNED.version() + why);
  }

  private static Optional<Obstacle> containerObstacle(ServerRequest request) {
    try {
      return DockerEngine.obstacle(request.image());
    } catch (NoClassDefFoundError e) {
      return Optional.of(NO_TESTCONTAINERS);
    }
  }

  private static Optional<Obstacle> embeddedObstacle() {
    Optional<String> unsupported =
        EmbeddedDistribution.unsupported(
            System.getProperty("os.name"), System.getProperty("os.arch"));
    if (unsupported.isPresent()) {
      return unsupported.map(why -> new Obstacle(why, "use a container or a running server"));
    }
    Optional<Path> found = CacheFolder.find();
    if (found.isEmpty()) {
      return Optional.of(CacheFolder.NO_HOME);
    }
    Path cache = found.get();
    if (EmbeddedDistribution.cached(cache, MilvusWheel.PINNED).isPresent()) {
      return Optional.empty();
    }
    return MilvusWheel.PINNED
        .notObtainable(cache)
        .map(
            why ->
                new Obstacle(
                    why,
                    "install Python 3 with pip, or put "
                        + MilvusWheel.PINNED.fileName()
                        + " into "
                        + MilvusWheel.PINNED.placedByHand(cache).getParent()));
  }
}
