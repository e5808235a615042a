package org.milvustls.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class HostLookupTest {
  private static final Duration LIMIT = Duration.ofMillis(200);

  @Test
  void finds_this_machine() throws Exception {
    assertThat(HostLookup.first("127.0.0.1", Duration.ofSeconds(10)))
        .isEqualTo(InetAddress.getLoopbackAddress());
  }

  @Test
  void a_name_that_there_is_not_is_told_from_one_that_nobody_answers_for() {
    assertThatThrownBy(
            () ->
                HostLookup.all(
                    "a.invalid",
                    LIMIT,
                    host -> {
                      throw new UnknownHostException(host);
                    }))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("a.invalid");
  }

  @Test
  void lookups_that_are_not_answered_end_in_time_and_hold_up_no_other() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    try {
      for (int i = 0; i < 8; i++) {
        assertThatThrownBy(() -> HostLookup.all("slow.invalid", LIMIT, host -> await(answer)))
            .isInstanceOf(IOException.class)
            .isNotInstanceOf(UnknownHostException.class)
            .hasMessage("no answer to the lookup of its name within 200 ms");
      }
      assertThat(HostLookup.all("127.0.0.1", Duration.ofSeconds(10))).hasSize(1);
    } finally {
      answer.countDown();
    }
  }

  private static InetAddress[] await(CountDownLatch answer) throws UnknownHostException {
    try {
      answer.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new UnknownHostException("slow.invalid");
  }
}
