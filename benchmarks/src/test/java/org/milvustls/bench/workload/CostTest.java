package org.milvustls.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.milvustls.bench.Patience;

class CostTest {
  private static volatile byte[] kept = {};

  @Test
  void sees_what_another_thread_allocates() throws Exception {
    CountDownLatch allocated = new CountDownLatch(1);
    CountDownLatch read = new CountDownLatch(1);
    Cost.Reading before = Cost.threads();
    Thread other =
        new Thread(
            () -> {
              kept = new byte[10_000_000];
              allocated.countDown();
              awaitQuietly(read);
            });
    other.start();
    assertThat(allocated.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    Cost.Reading after = Cost.threads();
    read.countDown();
    other.join();

    assertThat(after.since(before).allocatedBytes()).isGreaterThanOrEqualTo(10_000_000);
    assertThat(after.since(before).cpuNanos()).isPositive();
    assertThat(kept).hasSize(10_000_000);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
