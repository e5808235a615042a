package org.milvustls.client;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.milvustls.tls.ConnectStep;

/**
 * The attempts of one channel: the furthest one since the last success, and the last success. A
 * channel tries the addresses of a host in turn and reconnects by itself.
 */
final class ConnectionLog {
  private final Clock clock;
  private final long startNanos = System.nanoTime();
  private final AtomicReference<@Nullable ConnectAttempt> furthest = new AtomicReference<>();
  private final AtomicReference<@Nullable ConnectAttempt> ready = new AtomicReference<>();
  private boolean first = true;

  ConnectionLog(Clock clock) {
    this.clock = clock;
  }

  synchronized ConnectAttempt begin() {
    long start = first ? startNanos : System.nanoTime();
    first = false;
    ConnectAttempt attempt = new ConnectAttempt(start, clock.instant());
    furthest.updateAndGet(
        before ->
            before == null || before.isReady() || before.step().compareTo(attempt.step()) <= 0
                ? attempt
                : before);
    return attempt;
  }

  void ready(ConnectAttempt attempt) {
    ready.set(attempt);
    furthest.set(attempt);
  }

  Optional<ConnectAttempt> furthest() {
    return Optional.ofNullable(furthest.get());
  }

  /** Duration of each step of the furthest attempt. */
  Map<ConnectStep, Duration> passed() {
    return furthest().map(ConnectAttempt::passed).orElse(Map.of());
  }

  Optional<ConnectAttempt> lastReady() {
    return Optional.ofNullable(ready.get());
  }
}
