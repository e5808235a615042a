package org.milvustls.bench.load;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.milvustls.bench.result.Histograms;
import org.milvustls.bench.workload.AsyncCalls;
import org.milvustls.bench.workload.WorkloadException;

/**
 * Runs open-loop load at one rate. Calls are sent at their scheduled time, whether earlier ones
 * were answered or not. Latency counts from the scheduled time, so that it includes any wait in the
 * client or in a queue (coordinated omission; G. Tene, "How NOT to measure latency").
 */
final class OpenLoop {
  /** Longest delay of an answer beyond the limit of its call. */
  private static final long GRACE_NANOS = Duration.ofSeconds(5).toNanos();

  private static final long LOOK_AGAIN_NANOS = 1_000_000;

  private final Order order;
  private final AsyncCalls calls;
  private final Ticker ticker;
  private final Counts settling = new Counts();
  private final Counts window = new Counts();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong unanswered = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final long start;
  private final long windowStart;
  private volatile long end;
  private long sent;
  private int mostInFlight;

  OpenLoop(Order order, AsyncCalls calls, Ticker ticker) {
    this.order = order;
    this.calls = calls;
    this.ticker = ticker;
    this.start = ticker.nanos();
    this.windowStart = start + order.settleNanos();
    this.end = windowStart + order.windowNanos();
  }

  /** Calls scheduled in one period, and answers that came in it. */
  private static final class Counts {
    private final ConcurrentHistogram latency = new ConcurrentHistogram(Histograms.DIGITS);
    private final Histogram lag = new Histogram(Histograms.DIGITS);
    private final AtomicLong answered = new AtomicLong();
  }

  /**
   * Sends, then waits until every call has ended.
   *
   * @throws WorkloadException for the first call that failed or got a wrong answer
   */
  Part run() {
    ClientCpu before = ClientCpu.now();
    Optional<String> stopped = send();
    ClientCpu.Use cpu = ClientCpu.now().since(before);
    long windowEnd = end;
    drain();
    // When overload ended the step while it settled, only that time counts.
    boolean settled = windowEnd > windowStart;
    Counts counts = settled ? window : settling;
    return new Part(
        windowEnd - (settled ? windowStart : start),
        sent,
        counts.lag.getTotalCount(),
        counts.answered.get(),
        unanswered.get(),
        mostInFlight,
        stopped,
        ticker.nanos() - windowEnd,
        Histograms.encoded(counts.latency),
        Histograms.encoded(counts.lag),
        cpu.cores(),
        cpu.machineBusy(),
        cpu.busiestThread());
  }

  private Counts at(long nanos) {
    return nanos >= windowStart ? window : settling;
  }

  private Optional<String> send() {
    Arrivals arrivals = new Arrivals(order.rate(), order.seed());
    for (long due = start + arrivals.next(); due < end; due = start + arrivals.next()) {
      ticker.await(due);
      requireGood();
      int now = inFlight.get();
      mostInFlight = Math.max(mostInFlight, now);
      if (now >= order.mostInFlight()) {
        end = ticker.nanos();
        return Optional.of(
            "overload: "
                + now
                + " calls were under way at once, which is the limit; sending at "
                + Math.round(order.rate())
                + "/s ended early");
      }
      send(due);
    }
    ticker.await(end);
    return Optional.empty();
  }

  private void send(long due) {
    inFlight.incrementAndGet();
    sent++;
    at(due).lag.recordValue(Math.max(0, ticker.nanos() - due));
    calls.start(Duration.ofNanos(order.drainNanos()), new Call(due));
  }

  private void requireGood() {
    Throwable cause = failure.get();
    if (cause != null) {
      throw new WorkloadException("a call of the open loop failed: " + cause.getMessage(), cause);
    }
  }

  private void drain() {
    long limit = ticker.nanos() + order.drainNanos() + GRACE_NANOS;
    while (inFlight.get() > 0) {
      requireGood();
      if (ticker.nanos() > limit) {
        throw new WorkloadException(
            inFlight.get() + " calls did not end, neither answered nor given up");
      }
      ticker.await(ticker.nanos() + LOOK_AGAIN_NANOS);
    }
    requireGood();
  }

  private final class Call implements AsyncCalls.Listener {
    private final long due;

    Call(long due) {
      this.due = due;
    }

    @Override
    public void ended(AsyncCalls.End how) {
      long now = ticker.nanos();
      at(due).latency.recordValue(Math.max(0, now - due));
      if (how == AsyncCalls.End.UNANSWERED) {
        unanswered.incrementAndGet();
      } else if (now < end) {
        at(now).answered.incrementAndGet();
      }
      inFlight.decrementAndGet();
    }

    @Override
    public void failed(Throwable cause) {
      failure.compareAndSet(null, cause);
      inFlight.decrementAndGet();
    }
  }
}
