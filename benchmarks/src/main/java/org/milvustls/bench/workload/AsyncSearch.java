package org.milvustls.bench.workload;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceFutureStub;
import io.milvus.grpc.SearchRequest;
import io.milvus.grpc.SearchResults;
import io.milvus.shaded.io.grpc.Status;
import io.milvus.v2.utils.VectorUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.client.MilvusConnector;
import org.milvustls.client.SecureMilvus;

/**
 * The small search by gRPC's future stub, over the connection of the SDK's client. Its requests are
 * those of {@link SearchRpc}, built in advance. The connection's own thread checks the answers, so
 * that no other thread takes part.
 */
public final class AsyncSearch implements AsyncCalls {
  private final Workload.Observation observation;
  private final MilvusConnector connector;
  private final SecureMilvus milvus;
  private final MilvusServiceFutureStub stub;
  private final List<SearchRequest> requests = new ArrayList<>();
  private final List<List<Long>> expected = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  private AsyncSearch(
      Cell cell, Workload.Observation observation, MilvusConnector connector, CollectionSpec spec) {
    this.observation = observation;
    this.connector = connector;
    this.milvus = connector.connect();
    this.stub = MilvusServiceGrpc.newFutureStub(milvus.channel()).withExecutor(Runnable::run);
    Facts.requireMode(cell, milvus.negotiated());
    Vectors vectors = new Vectors(spec);
    List<List<Long>> ids = Answers.of(spec).ids();
    for (int i = 0; i < Vectors.QUERIES; i++) {
      requests.add(
          new VectorUtils()
              .ConvertToGrpcSearchRequest(
                  SearchQuery.SMALL.request(spec, List.of(vectors.query(i)))));
      expected.add(List.copyOf(ids.get(i).subList(0, SearchQuery.SMALL.limit())));
    }
  }

  /**
   * Opens the connection of a cell, after the operation has been observed once.
   *
   * @param serverRole the server of the target to connect to
   */
  public static AsyncSearch open(Cell cell, String serverRole, Target target) {
    Workload.Observation seen;
    try (Workload workload = Workloads.open(cell, serverRole, target)) {
      seen = workload.observe();
    }
    MilvusConnector connector =
        Connections.connector(cell, Connections.endpoint(target, serverRole), target.credentials());
    try {
      return new AsyncSearch(cell, seen, connector, Workloads.collection(cell, target));
    } catch (RuntimeException e) {
      connector.close();
      throw new WorkloadException(cell + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void start(Duration limit, Listener listener) {
    int number = Math.floorMod(next.getAndIncrement(), requests.size());
    Futures.addCallback(
        stub.withDeadlineAfter(limit.toNanos(), TimeUnit.NANOSECONDS).search(requests.get(number)),
        new FutureCallback<SearchResults>() {
          @Override
          public void onSuccess(SearchResults answer) {
            check(number, answer, listener);
          }

          @Override
          public void onFailure(Throwable cause) {
            if (Status.fromThrowable(cause).getCode() == Status.Code.DEADLINE_EXCEEDED) {
              listener.ended(End.UNANSWERED);
            } else {
              listener.failed(cause);
            }
          }
        },
        Runnable::run);
  }

  private void check(int number, SearchResults answer, Listener listener) {
    List<Long> ids = answer.getResults().getIds().getIntId().getDataList();
    if (answer.getStatus().getCode() == 0 && ids.equals(expected.get(number))) {
      listener.ended(End.ANSWERED);
    } else {
      listener.failed(
          new WorkloadException(
              "another answer than the plaintext server's: expected "
                  + expected.get(number)
                  + ", got "
                  + ids
                  + " "
                  + answer.getStatus().getReason()));
    }
  }

  @Override
  public Optional<Workload.Observation> observation() {
    return Optional.of(observation);
  }

  @Override
  public void close() {
    try {
      milvus.close();
    } finally {
      connector.close();
    }
  }
}
