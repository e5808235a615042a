package org.milvustls.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.milvustls.bench.result.Histograms;
import org.milvustls.bench.workload.AsyncCalls;
import org.milvustls.bench.workload.Workload;
import org.milvustls.bench.workload.WorkloadException;

/** On a clock of its own: what is due, what is sent, and from when it counts. */
class OpenLoopTest {
  private static final long MILLI = 1_000_000;

  private final FakeServer server = new FakeServer();

  /**
   * A server with one worker, and the clock that it and the client share: time passes only while
   * the client waits.
   */
  private static final class FakeServer implements Ticker, AsyncCalls {
    private final List<Runnable> answers = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private long now;
    private long freeAt;
    private long serviceNanos = MILLI;
    private long sendingTakesNanos;
    private long plantedNanos;
    private long sent;
    private int failsAt = -1;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void await(long nanos) {
      while (!times.isEmpty() && times.get(0) <= nanos) {
        now = Math.max(now, times.remove(0));
        answers.remove(0).run();
      }
      now = Math.max(now, nanos);
    }

    @Override
    public void start(Duration limit, Listener listener) {
      int number = (int) sent++;
      now += sendingTakesNanos;
      freeAt = Math.max(now, freeAt) + serviceNanos;
      boolean inTime = freeAt - now <= limit.toNanos();
      times.add(inTime ? freeAt + plantedNanos : now + limit.toNanos());
      answers.add(
          () -> {
            if (number == failsAt) {
              listener.failed(new WorkloadException("another answer"));
            } else {
              listener.ended(inTime ? End.ANSWERED : End.UNANSWERED);
            }
          });
    }

    @Override
    public Optional<Workload.Observation> observation() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  private Part run(double rate, int mostInFlight) {
    Order order = new Order(0, rate, 7, 1000 * MILLI, 4000 * MILLI, mostInFlight, 10_000 * MILLI);
    return new OpenLoop(order, server, server).run();
  }

  private static Histogram latency(Part part) {
    return Histograms.decoded(part.latency());
  }

  @Nested
  class Below_saturation {
    @Test
    void the_rate_is_held_and_every_call_of_the_window_counts() {
      Part part = run(200, 1000);
      assertThat(part.counted() / 4.0).isCloseTo(200, within(25.0));
      assertThat(part.sent()).isGreaterThan(part.counted());
      assertThat(latency(part).getTotalCount()).isEqualTo(part.counted());
      assertThat(part.stopped()).isEmpty();
      assertThat(part.windowNanos()).isEqualTo(4000 * MILLI);
    }

    @Test
    void latency_of_one_worker_is_what_queueing_theory_says() {
      // M/D/1 at half load: mean time in system = service * (1 + rho / (2 (1 - rho))) = 1.5 ms
      Part part = run(500, 1000);
      assertThat(latency(part).getMean() / MILLI).isCloseTo(1.5, within(0.15));
      assertThat(latency(part).getMinValue()).isGreaterThanOrEqualTo(MILLI - 1000);
    }

    @Test
    void a_delay_planted_into_every_answer_is_seen_with_its_size() {
      Histogram without = latency(run(500, 1000));
      server.now = 0;
      server.freeAt = 0;
      server.plantedNanos = 3 * MILLI;
      Histogram with = latency(run(500, 1000));
      for (double percent : new double[] {50, 90, 99}) {
        long found = with.getValueAtPercentile(percent) - without.getValueAtPercentile(percent);
        assertThat(found / (double) MILLI).as("p%s", percent).isCloseTo(3, within(0.02));
      }
    }

    @Test
    void the_seed_fixes_the_arrivals() {
      Part first = run(300, 1000);
      FakeServer again = new FakeServer();
      Part second =
          new OpenLoop(
                  new Order(0, 300, 7, 1000 * MILLI, 4000 * MILLI, 1000, 10_000 * MILLI),
                  again,
                  again)
              .run();
      assertThat(second.sent()).isEqualTo(first.sent());
      assertThat(second.latency()).isEqualTo(first.latency());
    }
  }

  @Nested
  class When_the_client_is_late {
    @Test
    void a_call_counts_from_when_it_was_due_and_not_from_when_it_was_sent() {
      server.sendingTakesNanos = 10 * MILLI;
      server.serviceNanos = 1;
      Part part = run(200, 100_000);
      // 200 calls a second that take 10 ms each to send: a second late after each second.
      assertThat(latency(part).getMaxValue()).isGreaterThan(2000 * MILLI);
      assertThat(Histograms.decoded(part.lag()).getMaxValue()).isGreaterThan(2000 * MILLI);
    }
  }

  @Nested
  class Beyond_saturation {
    @Test
    void the_backlog_shows_in_what_was_answered_and_is_drained_before_the_end() {
      Part part = run(1500, 100_000);
      assertThat(part.answered() / 4.0).isCloseTo(1000, within(5.0));
      assertThat(part.counted() - part.answered()).isGreaterThan(1500);
      assertThat(part.drainNanos()).isGreaterThan(1000 * MILLI);
      assertThat(latency(part).getTotalCount()).isEqualTo(part.counted());
    }

    @Test
    void the_limit_of_calls_under_way_ends_sending_and_says_so() {
      Part part = run(3000, 50);
      assertThat(part.stopped())
          .hasValueSatisfying(
              why ->
                  assertThat(why)
                      .isEqualTo(
                          "overload: 50 calls were under way at once, which is the limit; sending at"
                              + " 3000/s ended early"));
      assertThat(part.mostInFlight()).isEqualTo(50);
    }

    @Test
    void a_step_that_ends_while_it_settles_counts_what_there_was() {
      Part part = run(5000, 500);
      assertThat(part.windowNanos()).isLessThan(1000 * MILLI);
      assertThat(part.counted()).isEqualTo(part.sent()).isGreaterThan(500);
      assertThat(part.answered() * 1e9 / part.windowNanos()).isCloseTo(1000, within(20.0));
      assertThat(latency(part).getTotalCount()).isEqualTo(part.counted());
    }

    @Test
    void a_call_without_an_answer_in_time_is_in_the_histogram_with_what_it_waited() {
      server.serviceNanos = 100 * MILLI;
      Part part = run(200, 100_000);
      assertThat(part.unanswered()).isPositive();
      assertThat(latency(part).getMaxValue()).isGreaterThanOrEqualTo(9_900 * MILLI);
    }
  }

  @Test
  void a_wrong_answer_ends_the_fork() {
    server.failsAt = 5;
    assertThatThrownBy(() -> run(100, 1000))
        .isInstanceOf(WorkloadException.class)
        .hasMessage("a call of the open loop failed: another answer");
  }

  @Test
  void parts_of_several_processes_are_added_without_loss() {
    Part one = run(100, 1000);
    Part two = run(400, 1000);
    Part sum = Part.sum(List.of(one, two));
    assertThat(sum.counted()).isEqualTo(one.counted() + two.counted());
    Histogram both = latency(one);
    both.add(latency(two));
    assertThat(latency(sum)).isEqualTo(both);
    assertThat(sum.cores()).isCloseTo(one.cores() + two.cores(), within(1e-9));
  }

  @Nested
  class The_grid {
    @Test
    void arms_that_differ_much_get_every_second_rate_up_to_beyond_the_fastest() {
      assertThat(Grid.of(List.of(133.0, 385.0)))
          .containsExactly(40.0, 63.0, 100.0, 160.0, 250.0, 400.0, 630.0);
    }

    @Test
    void is_of_preferred_numbers_from_below_the_slowest_arm_to_beyond_the_fastest() {
      assertThat(Grid.of(List.of(700.0, 950.0)))
          .containsExactly(160.0, 200.0, 250.0, 315.0, 400.0, 500.0, 630.0, 800.0, 1000.0, 1250.0);
    }

    @Test
    void of_a_rate_that_is_no_rate_is_refused() {
      assertThatThrownBy(() -> new Arrivals(0, 1)).hasMessage("a rate must be above 0, got 0.0");
    }
  }
}
