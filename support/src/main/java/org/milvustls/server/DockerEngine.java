package org.milvustls.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ResourceReaper;
import org.testcontainers.utility.TestcontainersConfiguration;

/**
 * The Docker engine that Testcontainers finds, with its own client. The client of Testcontainers
 * starts a helper container (Ryuk) before its first answer.
 */
final class DockerEngine {
  private static final Logger LOG = LoggerFactory.getLogger(DockerEngine.class);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final Duration REMOVAL_LIMIT = Duration.ofMinutes(1);
  private static final Duration PULL_LIMIT = Duration.ofMinutes(5);

  /** Label of this program's containers: the {@link ProcessIdentity} that started them. */
  static final String OWNER_LABEL = "org.milvustls.owner";

  private static final String RYUK_SWITCH = "TESTCONTAINERS_RYUK_DISABLED";
  private static final String HOST_SWITCH = "TESTCONTAINERS_HOST_OVERRIDE";

  private final DockerClient client;

  private DockerEngine(DockerClient client) {
    this.client = client;
  }

  /** The client, for tasks that Testcontainers does not support. */
  DockerClient client() {
    return client;
  }

  /** The reason why no container of this image is available, with the remedy; empty when one is. */
  static Optional<Obstacle> obstacle(String image) {
    Optional<Obstacle> none = EngineAddress.obstacle();
    if (none.isPresent()) {
      return none;
    }
    try {
      return CompletableFuture.supplyAsync(() -> connect().obstacleWith(image))
          .get(ANSWER_LIMIT.plus(PULL_LIMIT.multipliedBy(2)).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return Optional.of(explain(e.getCause() == null ? e : e.getCause()));
    } catch (TimeoutException e) {
      return Optional.of(new Obstacle("the Docker engine does not answer in time", "restart it"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(
          new Obstacle("interrupted while the Docker engine was asked", "start again"));
    }
  }

  private static Obstacle explain(Throwable e) {
    return e instanceof NoClassDefFoundError
        ? MilvusServers.NO_TESTCONTAINERS
        : new Obstacle("no Docker engine answers (" + firstLine(e) + ")", "start one");
  }

  private static String firstLine(Throwable e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getMessage().lines().findFirst().orElse("");
  }

  static DockerEngine connect() {
    return new DockerEngine(
        DockerClientProviderStrategy.getClientForConfig(
            DockerClientFactory.instance().getTransportConfig()));
  }

  /** Removes containers of this program whose JVM was killed. */
  void removeOrphans() {
    for (Container container :
        client.listContainersCmd().withShowAll(true).withLabelFilter(List.of(OWNER_LABEL)).exec()) {
      if (ProcessIdentity.parse(container.getLabels().getOrDefault(OWNER_LABEL, "")).hasEnded()) {
        LOG.warn("removing the container {} of a process that was killed", container.getId());
        remove(container.getId());
      }
    }
  }

  /**
   * Kills and removes a container with its volumes, if it still exists. On Ctrl-C the shutdown hook
   * of Testcontainers removes it too. That hook prints a stack trace when another thread removes a
   * container at the same time, so this method uses the lock of the hook.
   */
  void remove(String id) {
    synchronized (ResourceReaper.instance()) {
      try {
        client.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
      } catch (NotFoundException gone) {
        return;
      } catch (ConflictException byAnotherProcess) {
        awaitRemoval(id, byAnotherProcess);
      }
    }
  }

  private void awaitRemoval(String id, ConflictException conflict) {
    long end = System.nanoTime() + REMOVAL_LIMIT.toNanos();
    try {
      while (System.nanoTime() < end) {
        client.inspectContainerCmd(id).exec();
        Thread.sleep(100);
      }
    } catch (NotFoundException gone) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw conflict;
  }

  private Optional<Obstacle> obstacleWith(String image) {
    client.pingCmd().exec();
    return imageObstacle(image).or(DockerEngine::hostObstacle).or(this::ryukObstacle);
  }

  /** Obstacle inside a container, where Testcontainers pulls an image to find its own host. */
  private static Optional<Obstacle> hostObstacle() {
    String told =
        TestcontainersConfiguration.getInstance().getEnvVarOrUserProperty("host.override", "");
    return Files.exists(Path.of("/.dockerenv")) && told.isEmpty()
        ? Optional.of(
            new Obstacle("this machine is a container itself", "set " + HOST_SWITCH + "=localhost"))
        : Optional.empty();
  }

  // Nothing else returns the name of the image after the substitutions of the user's configuration.
  @SuppressWarnings("deprecation")
  private Optional<Obstacle> ryukObstacle() {
    if (Boolean.parseBoolean(System.getenv(RYUK_SWITCH))) {
      return Optional.empty();
    }
    return imageObstacle(TestcontainersConfiguration.getInstance().getRyukImage())
        .map(
            why ->
                new Obstacle(
                    why.reason() + ", by which Testcontainers cleans up",
                    "set " + RYUK_SWITCH + "=true: servers are then stopped when their JVM ends"));
  }

  private Optional<Obstacle> imageObstacle(String image) {
    if (isLocal(image)) {
      return Optional.empty();
    }
    LOG.info("pulling the image {}", image);
    try {
      DockerImageName name = DockerImageName.parse(image);
      boolean done =
          client
              .pullImageCmd(name.getUnversionedPart())
              .withTag(name.getVersionPart())
              .start()
              .awaitCompletion(PULL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return done
          ? Optional.empty()
          : Optional.of(
              new Obstacle(
                  "the image %s was not pulled within %d minutes"
                      .formatted(image, PULL_LIMIT.toMinutes()),
                  "run 'docker pull " + image + "'"));
    } catch (DockerException e) {
      return Optional.of(
          new Obstacle(
              "the image %s is not there and cannot be pulled (%s)".formatted(image, firstLine(e)),
              "name another one, or run 'docker pull " + image + "'"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(
          new Obstacle("interrupted while the image " + image + " was pulled", "start again"));
    }
  }

  private boolean isLocal(String image) {
    try {
      client.inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }
}
