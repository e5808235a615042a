package org.milvustls.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milvustls.bench.stats.Verdicts.Answer;
import org.milvustls.bench.stats.Verdicts.Control;
import org.milvustls.bench.stats.Verdicts.Families;
import org.milvustls.bench.stats.Verdicts.Planted;
import org.milvustls.bench.stats.Verdicts.Question;

class VerdictsTest {
  private static final Families FAMILIES = new Families(0.95, 2, 1, 1);
  private static final Control GOOD_CONTROL =
      new Control("jdk#control", Estimate.of(-0.01, 0, 0.02));
  private static final Planted GOOD_DELAY =
      new Planted("jdk#planted", Estimate.of(190, 200, 220), 200);

  @ParameterizedTest
  @CsvSource({
    "0.90,   0.99,   FASTER",
    "1.001,  1.5,    SLOWER",
    "0.99,   1.01,   EQUIVALENT",
    "0.97,   1.01,   NOT_SHOWN",
    "0.99,   1.03,   NOT_SHOWN",
    "1.0,    1.01,   EQUIVALENT",
    "1.005,  1.01,   SLOWER",
    "0.9805, 0.9999, FASTER",
  })
  void an_interval_has_one_verdict(double low, double high, Verdict verdict) {
    assertThat(Verdict.of(new Interval(low, high), 0.02)).isEqualTo(verdict);
  }

  @Test
  void the_margin_is_the_same_whichever_arm_is_the_baseline() {
    assertThat(Verdict.withinMargin(new Interval(1, 1.02), 0.02)).isTrue();
    assertThat(Verdict.withinMargin(new Interval(1 / 1.02, 1), 0.02)).isTrue();
    assertThat(Verdict.withinMargin(new Interval(0.98, 1), 0.02)).isFalse();
    assertThatThrownBy(() -> Verdict.withinMargin(new Interval(1, 1), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("margin must lie between 0 and 1, got 2.0");
  }

  @Test
  void an_interval_has_its_lower_end_first() {
    assertThatThrownBy(() -> new Interval(2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an interval needs two finite ends, the lower first, got 2.0 to 1.0");
    assertThatThrownBy(() -> new Interval(Double.NaN, 1))
        .hasMessage("an interval needs two finite ends, the lower first, got NaN to 1.0");
  }

  @Nested
  class answers {
    @Test
    void of_headlines_hold_together_and_others_alone() {
      Estimate slow = Estimate.of(0.10, 0.11, 0.12, 0.11);

      List<Answer> answers =
          judged(new Question("a", slow, true, 0.02), new Question("b", slow, false, 0.02))
              .answers();

      assertThat(answers.get(0).confidence()).isCloseTo(0.975, within(1e-12));
      assertThat(answers.get(0).interval()).isEqualTo(slow.ratioInterval(0.975));
      assertThat(answers.get(1).confidence()).isEqualTo(0.95);
      assertThat(answers.get(1).interval()).isEqualTo(slow.ratioInterval(0.95));
      assertThat(answers).extracting(Answer::verdict).containsOnly(Verdict.SLOWER);
      assertThat(answers).extracting(Answer::withinMargin).containsOnly(false);
    }

    @Test
    void a_small_difference_that_is_shown_is_one_and_lies_within_the_margin_too() {
      Estimate small = Estimate.of(0.0050, 0.0051, 0.0052, 0.0051);

      Answer answer = judged(new Question("a", small, true, 0.02)).answers().get(0);

      assertThat(answer.verdict()).isEqualTo(Verdict.SLOWER);
      assertThat(answer.withinMargin()).isTrue();
    }

    @Test
    void of_one_fork_are_withheld() {
      Answer answer = judged(new Question("a", Estimate.of(0.1), true, 0.02)).answers().get(0);

      assertThat(answer.verdict()).isEqualTo(Verdict.WITHHELD);
      assertThat(answer.interval()).isEmpty();
      assertThat(answer.ratio()).isCloseTo(Math.exp(0.1), within(1e-12));
    }
  }

  @Nested
  class the_gate {
    private final Question question = new Question("a", Estimate.of(0.1, 0.11, 0.12), true, 0.02);

    @Test
    void is_open_when_no_control_differs_and_the_delay_is_found() {
      Verdicts verdicts = judged(question);

      assertThat(verdicts.gate().open()).isTrue();
      assertThat(verdicts.gate().reasons()).isEmpty();
      assertThat(verdicts.controls().get(0).different()).isFalse();
      assertThat(verdicts.planted().get(0).found()).isTrue();
    }

    @Test
    void withholds_all_verdicts_when_one_control_is_called_different() {
      Control bad = new Control("off#control", Estimate.of(0.020, 0.021, 0.022, 0.021));

      Verdicts verdicts =
          Verdicts.of(FAMILIES, List.of(question), List.of(GOOD_CONTROL, bad), List.of(GOOD_DELAY));

      assertThat(verdicts.gate().reasons())
          .containsExactly(
              "off#control: the A/A control was called different where nothing differs"
                  + " (1.0199 to 1.0225)");
      assertThat(verdicts.answers().get(0).verdict()).isEqualTo(Verdict.WITHHELD);
      assertThat(verdicts.answers().get(0).interval()).isPresent();
    }

    @Test
    void tests_the_controls_together() {
      // t(3) = 4.5: different alone (3.18), not among ten (6.9).
      Control border = new Control("c", Estimate.of(0.0045, 0.0055, 0.0065, 0.0015));

      assertThat(withControls(1, border).gate().open()).isFalse();
      assertThat(withControls(10, border).gate().open()).isTrue();
    }

    @Test
    void withholds_when_the_delay_is_found_with_another_size() {
      Planted wrong = new Planted("jdk#planted", Estimate.of(100, 101, 102), 200);

      Verdicts verdicts =
          Verdicts.of(FAMILIES, List.of(question), List.of(GOOD_CONTROL), List.of(wrong));

      assertThat(verdicts.gate().reasons())
          .containsExactly(
              "jdk#planted: a planted delay of 200 ns was not found with its size (99 to 103 ns)");
    }

    @Test
    void withholds_when_the_delay_cannot_be_told_from_nothing() {
      Planted vague = new Planted("jdk#planted", Estimate.of(-300, 200, 700), 200);

      assertThat(
              Verdicts.of(FAMILIES, List.of(question), List.of(GOOD_CONTROL), List.of(vague))
                  .planted()
                  .get(0)
                  .found())
          .isFalse();
    }

    @Test
    void withholds_without_a_control_and_with_one_fork() {
      Verdicts without = Verdicts.of(FAMILIES, List.of(question), List.of(), List.of());
      Verdicts oneFork =
          Verdicts.of(
              FAMILIES,
              List.of(question),
              List.of(new Control("c", Estimate.of(0))),
              List.of(new Planted("p", Estimate.of(200), 200)));

      assertThat(without.gate().reasons()).containsExactly("the run has no A/A control");
      assertThat(oneFork.gate().reasons())
          .containsExactly(
              "c: one fork only, so there is no interval",
              "p: a planted delay of 200 ns was not found with its size"
                  + " (one fork only, so there is no interval)");
    }

    private Verdicts withControls(int planned, Control control) {
      return Verdicts.of(
          new Families(0.95, 1, planned, 0), List.of(question), List.of(control), List.of());
    }
  }

  @Nested
  class refuses {
    @Test
    void a_delay_that_is_none() {
      assertThatThrownBy(() -> new Planted("p", Estimate.of(1, 2), 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("p: a planted delay must be positive, got 0.0 ns");
    }

    @Test
    void a_negative_number_of_intervals() {
      assertThatThrownBy(() -> new Families(0.95, -1, 1, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("cannot have -1 headlines, 1 controls, 1 planted delays");
    }
  }

  @Test
  void a_low_quantile_needs_fifty_operations_below_it() {
    assertThat(LowQuantile.isCarriedBy(500, 0.1)).isTrue();
    assertThat(LowQuantile.isCarriedBy(499, 0.1)).isFalse();
    assertThatThrownBy(() -> LowQuantile.isCarriedBy(500, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a quantile lies between 0 and 1, got 10.0");
  }

  private static Verdicts judged(Question... questions) {
    return Verdicts.of(FAMILIES, List.of(questions), List.of(GOOD_CONTROL), List.of(GOOD_DELAY));
  }
}
