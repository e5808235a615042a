package org.milvustls.server;

import java.nio.file.Path;
import java.util.Optional;
import org.milvustls.MilvusTlsException;

/** Starts servers, and says which kind a request would get. */
public final class MilvusServers {
  private MilvusServers() {}

  /**
   * Starts a server and waits until it is ready; connects to it, when it is an external one.
   *
   * @throws MilvusTlsException when no server of the asked kind is to be had, with the reason and
   *     remedy of each kind; when the server dies or is not ready in time, with its exit code and
   *     the telling lines of its log; when its port or its data folder is taken
   */
  public static MilvusServer start(ServerRequest request) {
    ServerChoice choice = choose(request);
    ServerKind kind =
        choice
            .kind()
            .orElseThrow(
                () ->
                    MilvusTlsException.failure("no Milvus server is to be had: " + choice.reason())
                        .build());
    return switch (kind) {
      case EMBEDDED -> EmbeddedMilvus.start(request);
      case CONTAINER -> ContainerMilvus.start(request);
      case EXTERNAL -> ExternalMilvus.reach(request);
      case AUTO -> throw new IllegalStateException("AUTO is never chosen");
    };
  }

  /**
   * Which kind of server the request gets, and why. {@link ServerKind#AUTO} takes a container when
   * an engine answers and its image is there or can be pulled (which is done then), else embedded.
   */
  public static ServerChoice choose(ServerRequest request) {
    return switch (request.kind()) {
      case EXTERNAL -> ServerChoice.of(ServerKind.EXTERNAL, "an external server was asked for");
      case EMBEDDED ->
          embeddedProblem()
              .map(ServerChoice::none)
              .orElse(ServerChoice.of(ServerKind.EMBEDDED, "an embedded server was asked for"));
      case CONTAINER ->
          containerProblem(request)
              .map(ServerChoice::none)
              .orElse(
                  ServerChoice.of(
                      ServerKind.CONTAINER,
                      "a container of " + request.image() + " was asked for"));
      case AUTO -> automatic(request);
    };
  }

  /**
   * Fetches and unpacks the embedded server now, unless it is there.
   *
   * @return its folder, with {@code bin/milvus} and {@code config.yaml.template}
   */
  public static Path fetchEmbedded() {
    return EmbeddedDistribution.obtain(CacheFolder.ofThisUser(), MilvusWheel.PINNED).folder();
  }

  private static ServerChoice automatic(ServerRequest request) {
    Optional<String> noContainer = containerProblem(request);
    if (noContainer.isEmpty()) {
      return ServerChoice.of(
          ServerKind.CONTAINER,
          "a container, since a Docker engine answers and has the image " + request.image());
    }
    return embeddedProblem()
        .map(
            noEmbedded ->
                ServerChoice.none(
                    "\n  container: "
                        + noContainer.get()
                        + "\n  embedded: "
                        + noEmbedded
                        + "\n  external: name the host and port of a running server"))
        .orElseGet(
            () ->
                ServerChoice.of(
                    ServerKind.EMBEDDED,
                    "embedded (Milvus "
                        + MilvusWheel.PINNED.version()
                        + "), since no container is to be had: "
                        + noContainer.get()));
  }

  private static Optional<String> containerProblem(ServerRequest request) {
    try {
      return DockerEngine.problem(request.image());
    } catch (NoClassDefFoundError e) {
      // The dependency is optional.
      return Optional.of(
          "Testcontainers is not on the class path; add org.testcontainers:testcontainers-milvus");
    }
  }

  private static Optional<String> embeddedProblem() {
    Path cache = CacheFolder.ofThisUser();
    return EmbeddedDistribution.unsupported(
            System.getProperty("os.name"), System.getProperty("os.arch"))
        .or(
            () ->
                EmbeddedDistribution.cached(cache, MilvusWheel.PINNED).isPresent()
                    ? Optional.empty()
                    : MilvusWheel.PINNED
                        .notObtainable(cache)
                        .map(
                            why ->
                                why
                                    + "; install Python 3 with pip, or put "
                                    + MilvusWheel.PINNED.fileName()
                                    + " into "
                                    + MilvusWheel.PINNED.placedByHand(cache).getParent()));
  }
}
