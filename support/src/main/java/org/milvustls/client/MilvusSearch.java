package org.milvustls.client;

import io.milvus.shaded.io.grpc.Status;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.common.IndexParam.MetricType;
import io.milvus.v2.exception.MilvusClientException;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.data.FloatVec;
import io.milvus.v2.service.vector.response.SearchResp;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.HandshakeFailure.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches over a secured connection, for a service: one instance for the life of the service and
 * any number of threads. A restart of the server, such as for the rotation of its certificate, only
 * makes a search slower. The search reconnects, and reads changed certificate files again, until it
 * succeeds or its patience ends. An error that a retry cannot fix, such as a server without a
 * trusted certificate or a vector of the wrong dimension, fails at once.
 *
 * <pre>{@code
 * try (MilvusSearch search = MilvusSearch.open(ConnectionEnvironment.load().settings())) {
 *   List<SearchHit> hits = search.search(SearchQuery.builder("docs", embedding).limit(5).build());
 * }
 * }</pre>
 */
public final class MilvusSearch implements AutoCloseable {
  /** Longest wait of a search for an unreachable server: 60 s. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(MilvusSearch.class);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  /** The metrics for vectors of floating-point numbers. */
  private static final List<MetricType> METRICS =
      List.of(MetricType.L2, MetricType.IP, MetricType.COSINE);

  /** Reasons of failures that may disappear after some time. */
  private static final Set<Reason> MENDED_BY_TIME =
      Set.of(Reason.CONNECTION_REFUSED, Reason.CONNECTION_CLOSED, Reason.TIMEOUT);

  private final MilvusConnector connector;
  private final Duration patience;
  private final Object connecting = new Object();
  private volatile SecureMilvus connection;
  private volatile boolean reconnected;
  private volatile long reconnectedNanos;

  private MilvusSearch(MilvusConnector connector, SecureMilvus connection, Duration patience) {
    this.connector = connector;
    this.connection = connection;
    this.patience = patience;
  }

  /**
   * Connects.
   *
   * @throws ConnectionFailedException with the step and the reason
   */
  public static MilvusSearch open(ConnectionSettings settings) {
    return open(settings, DEFAULT_PATIENCE);
  }

  /**
   * Connects.
   *
   * @param patience longest wait of a search for an unreachable server
   */
  public static MilvusSearch open(ConnectionSettings settings, Duration patience) {
    MilvusConnector connector = MilvusConnector.of(settings);
    try {
      return new MilvusSearch(connector, connector.connect(() -> {}, false), patience);
    } catch (RuntimeException e) {
      connector.close();
      throw e;
    }
  }

  /** The connection in use, with its negotiated session and the SDK's client for other calls. */
  public SecureMilvus connection() {
    return connection;
  }

  /** The dimension of the vectors of a collection. */
  public int dimension(String collection, Optional<String> field) {
    try {
      return new CollectionFacts(connection.client(), collection).dimension(field);
    } catch (MilvusClientException e) {
      throw status(e).isPresent()
          ? refusedCall(e)
          : MilvusTlsException.usage("Milvus does not tell of this collection: " + e.getMessage())
              .seen(collection)
              .next("check the name of the collection")
              .cause(e)
              .build();
    }
  }

  /**
   * The nearest neighbours, nearest first.
   *
   * @throws ConnectionFailedException when the server is no longer reachable
   * @throws MilvusTlsException for a query that the collection cannot answer, with the valid values
   */
  public List<SearchHit> search(SearchQuery query) {
    SearchReq request = request(query);
    long end = System.nanoTime() + patience.toNanos();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      SecureMilvus used = connection;
      try {
        return hits(used.client().search(request));
      } catch (MilvusClientException e) {
        boolean away = isAway(e);
        if (System.nanoTime() >= end || !away) {
          requireRecovering(query, e, end);
        }
        LOG.info("search tries again: {}", e.getMessage());
        LockSupport.parkNanos(Duration.ofMillis(pause).toNanos());
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        if (away) {
          reconnect(used, end);
        }
      }
    }
  }

  /**
   * A restarted server may still load its collections; every other error fails now, with its
   * reason.
   */
  private void requireRecovering(SearchQuery query, MilvusClientException e, long end) {
    MilvusTlsException why = explain(query, e);
    boolean recovering = reconnected && System.nanoTime() < reconnectedNanos + patience.toNanos();
    if (!recovering || System.nanoTime() >= end || why.kind() == MilvusTlsException.Kind.USAGE) {
      throw why;
    }
  }

  /** One thread makes the new connection, and the others use it. */
  private void reconnect(SecureMilvus lost, long end) {
    synchronized (connecting) {
      if (connection != lost) {
        return;
      }
      lost.close();
      long pause = FIRST_PAUSE_MILLIS;
      while (true) {
        try {
          connection = connector.connect(() -> {}, false);
          reconnectedNanos = System.nanoTime();
          reconnected = true;
          return;
        } catch (ConnectionFailedException e) {
          boolean hopeless =
              e.failure().map(f -> !MENDED_BY_TIME.contains(f.reason())).orElse(false);
          if (hopeless || System.nanoTime() >= end || Thread.currentThread().isInterrupted()) {
            throw e;
          }
          LockSupport.parkNanos(Duration.ofMillis(pause).toNanos());
          pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } finally {
      connector.close();
    }
  }

  private static SearchReq request(SearchQuery query) {
    SearchReq.SearchReqBuilder builder =
        SearchReq.builder()
            .collectionName(query.collection())
            .data(List.of(new FloatVec(query.vector())))
            .limit(query.limit())
            .outputFields(query.outputFields())
            .searchParams(Map.copyOf(query.parameters()));
    query.field().ifPresent(builder::annsField);
    query.metric().map(name -> choice(METRICS, "metric", name)).ifPresent(builder::metricType);
    query.filter().ifPresent(builder::filter);
    query
        .consistency()
        .map(name -> choice(List.of(ConsistencyLevel.values()), "consistency level", name))
        .ifPresent(builder::consistencyLevel);
    return builder.build();
  }

  private static <E extends Enum<E>> E choice(List<E> values, String what, String name) {
    return values.stream()
        .filter(value -> value.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                MilvusTlsException.usage("unknown " + what)
                    .seen(name)
                    .allowed(values.stream().map(Enum::name).collect(Collectors.joining(", ")))
                    .build());
  }

  private static List<SearchHit> hits(SearchResp response) {
    return response.getSearchResults().stream()
        .flatMap(List::stream)
        .map(
            hit ->
                new SearchHit(hit.getId(), hit.getScore(), Objects.requireNonNull(hit.getEntity())))
        .toList();
  }

  private MilvusTlsException explain(SearchQuery query, MilvusClientException e) {
    if (status(e).isPresent()) {
      return refusedCall(e);
    }
    return new CollectionFacts(connection.client(), query.collection()).explain(query, e);
  }

  private MilvusTlsException refusedCall(MilvusClientException e) {
    return MilvusTlsException.failure(
            CallRefusal.explain(connector.settings(), e).replace("\n  next: ", "; "))
        .cause(e)
        .build();
  }

  /** Whether the connection is lost, or the server is shutting down. */
  private static boolean isAway(MilvusClientException e) {
    return status(e).map(code -> code == Status.Code.UNAVAILABLE).orElse(false);
  }

  private static Optional<Status.Code> status(@Nullable Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof StatusRuntimeException grpc) {
        return Optional.of(grpc.getStatus().getCode());
      }
    }
    return Optional.empty();
  }
}
