package org.milvustls.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.milvustls.bench.result.LoadMeasurement.Step;
import org.milvustls.bench.result.Throughput.Point;
import org.milvustls.bench.result.Throughput.Relation;

/** Where the bound is passed, and whose limit a step met. */
class ThroughputTest {
  private static final double BOUND = 20e6;

  private static Point point(double rate, double millis) {
    return new Point(rate, millis * 1e6, Saturation.NONE);
  }

  @Nested
  class At_a_bound {
    @Test
    void lies_between_the_last_rate_within_and_the_first_beyond() {
      Throughput found =
          Throughput.at(BOUND, List.of(point(100, 2), point(200, 5), point(400, 80)));
      assertThat(found.relation()).isEqualTo(Relation.EXACT);
      // log(20 / 5) / log(80 / 5) is one half
      assertThat(found.rate()).isCloseTo(300, within(1e-9));
    }

    @Test
    void a_spike_counts_no_more_than_the_rate_beside_it() {
      List<Point> points =
          List.of(point(100, 2), point(200, 40), point(300, 2.5), point(400, 10), point(600, 40));
      // log(20 / 10) / log(40 / 10) is one half
      assertThat(Throughput.at(BOUND, points).rate()).isCloseTo(500, within(1e-9));
    }

    @Test
    void a_spike_at_the_lowest_rate_that_its_neighbour_does_not_outweigh_is_beyond() {
      List<Point> points = List.of(point(100, 90), point(200, 5), point(400, 80));
      assertThat(Throughput.at(BOUND, points)).isEqualTo(new Throughput(Relation.AT_MOST, 100));
    }

    /** Decision 16: the highest rate within the bound would be at 1,284 on average. */
    @Test
    void is_right_on_average_where_latency_rises_slowly() {
      double[] rates = {400, 500, 630, 800, 1000, 1250, 1600, 2000, 2500, 3150};
      double[] millis = {10, 12, 14, 16, 19, 22, 26, 34, 75, 300};
      Random random = new Random(1);
      double sum = 0;
      int forks = 4000;
      for (int fork = 0; fork < forks; fork++) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < rates.length; i++) {
          points.add(point(rates[i], millis[i] * Math.exp(0.3 * random.nextGaussian())));
        }
        sum += Throughput.at(BOUND, points).rate();
      }
      // 20 ms lies between 19 ms at 1,000/s and 22 ms at 1,250/s.
      double right = 1000 + 250 * Math.log(20.0 / 19) / Math.log(22.0 / 19);
      assertThat(sum / forks).isCloseTo(right, withinPercentage(5));
    }

    @Test
    void is_not_moved_by_luck_at_a_high_rate() {
      List<Point> points =
          List.of(point(100, 10), point(200, 40), point(300, 45), point(400, 19), point(500, 90));
      // 40, 45 and 19 are one block at 32.5
      assertThat(Throughput.at(BOUND, points).rate())
          .isCloseTo(
              100 + 100 * Math.log(2) / Math.log(Math.cbrt(40 * 45 * 19) / 10), within(1e-9));
    }

    @Test
    void is_at_least_the_last_rate_when_none_was_beyond() {
      assertThat(Throughput.at(BOUND, List.of(point(100, 2), point(200, 5))))
          .isEqualTo(new Throughput(Relation.AT_LEAST, 200));
    }

    @Test
    void is_less_than_the_first_rate_when_all_were_beyond() {
      assertThat(Throughput.at(BOUND, List.of(point(100, 30), point(200, 50))))
          .isEqualTo(new Throughput(Relation.AT_MOST, 100));
    }

    @Test
    void is_at_least_the_last_rate_within_when_the_client_could_not_hold_the_next() {
      Point client = new Point(400, 80e6, Saturation.CLIENT);
      assertThat(Throughput.at(BOUND, List.of(point(200, 5), client)))
          .isEqualTo(new Throughput(Relation.AT_LEAST, 200));
    }

    @Test
    void leaves_out_what_only_the_client_could_not_hold() {
      Point client = new Point(200, 80e6, Saturation.CLIENT);
      assertThat(Throughput.at(BOUND, List.of(point(100, 5), client, point(300, 80))).rate())
          .isCloseTo(200, within(1e-9));
      assertThat(Throughput.at(BOUND, List.of(client)))
          .isEqualTo(new Throughput(Relation.AT_LEAST, 0));
    }
  }

  @Nested
  class Whose_limit {
    private long answered = 1000;
    private double lagMillis = 0.1;
    private double busiest = 0.3;
    private double machine = 0.6;
    private Optional<String> stopped = Optional.empty();

    private Step step() {
      return new Step(
          500,
          false,
          2_000_000_000L,
          1200,
          1000,
          answered,
          0,
          40,
          stopped,
          5_000_000,
          encoded(5),
          encoded(lagMillis),
          0.4,
          machine,
          busiest,
          Optional.of(0.8));
    }

    private Saturation limit() {
      return Saturation.of(step(), (long) BOUND);
    }

    @Test
    void nobodys_while_answers_keep_up_and_calls_go_out_in_time() {
      assertThat(limit()).isEqualTo(Saturation.NONE);
    }

    @Test
    void nobodys_while_the_backlog_is_no_larger_than_chance() {
      answered = 960;
      assertThat(limit()).isEqualTo(Saturation.NONE);
    }

    @Test
    void the_servers_when_answers_fall_behind_and_the_client_is_in_time() {
      answered = 800;
      assertThat(limit()).isEqualTo(Saturation.SERVER);
    }

    @Test
    void the_clients_when_one_of_its_threads_has_no_time_left() {
      answered = 800;
      busiest = 0.97;
      assertThat(limit()).isEqualTo(Saturation.CLIENT);
    }

    @Test
    void the_clients_when_calls_go_out_late_though_answers_keep_up() {
      lagMillis = 8;
      assertThat(limit()).isEqualTo(Saturation.CLIENT);
    }

    @Test
    void the_machines_when_all_cores_are_busy() {
      answered = 800;
      machine = 0.98;
      assertThat(limit()).isEqualTo(Saturation.MACHINE);
    }

    @Test
    void too_many_calls_under_way_is_overload() {
      stopped = Optional.of("overload");
      assertThat(Saturation.overloaded(step())).isTrue();
      assertThat(limit()).isEqualTo(Saturation.SERVER);
    }
  }

  private static String encoded(double millis) {
    Histogram histogram = new Histogram(Histograms.DIGITS);
    double[] values = new double[200];
    Arrays.fill(values, millis * 1e6);
    for (double value : values) {
      histogram.recordValue((long) value);
    }
    return Histograms.encoded(histogram);
  }
}
