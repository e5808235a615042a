package org.milvustls.bench.workload;

import io.milvus.v2.client.MilvusClientV2;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Several callers on one connection. All start their call together, and the time ends with the last
 * answer. Shows the cost of TLS with many calls in flight on one connection.
 */
final class ConcurrentRpc implements Rpc {
  private static final int LIMIT_SECONDS = 60;

  private final Rpc one;
  private final int callers;
  private final ExecutorService threads;
  private final CyclicBarrier together;

  ConcurrentRpc(Rpc one, int callers) {
    this.one = one;
    this.callers = callers;
    this.threads =
        Executors.newFixedThreadPool(
            callers,
            task -> {
              Thread thread = new Thread(task, "caller");
              thread.setDaemon(true);
              return thread;
            });
    this.together = new CyclicBarrier(callers);
  }

  @Override
  public int requests() {
    return one.requests();
  }

  private record Span(long start, long end) {}

  @Override
  public long call(MilvusClientV2 client, int number) {
    List<Future<Span>> calls = new ArrayList<>(callers);
    for (int i = 0; i < callers; i++) {
      int request = (number + i) % one.requests();
      calls.add(threads.submit(() -> span(client, request)));
    }
    List<Span> spans = calls.stream().map(ConcurrentRpc::await).toList();
    // The clock has an arbitrary origin: only differences of its readings are comparable.
    long origin = spans.get(0).start();
    long first = spans.stream().mapToLong(span -> span.start() - origin).min().orElseThrow();
    long last = spans.stream().mapToLong(span -> span.end() - origin).max().orElseThrow();
    return last - first;
  }

  private Span span(MilvusClientV2 client, int request)
      throws InterruptedException, BrokenBarrierException, TimeoutException {
    together.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    long start = System.nanoTime();
    long took = one.call(client, request);
    return new Span(start, start + took);
  }

  private static Span await(Future<Span> call) {
    try {
      return call.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkloadException("interrupted while callers wait for their answers", e);
    } catch (ExecutionException e) {
      Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
      throw new WorkloadException(String.valueOf(cause.getMessage()), cause);
    } catch (TimeoutException e) {
      throw new WorkloadException("a caller had no answer after " + LIMIT_SECONDS + " s", e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    one.close();
  }
}
