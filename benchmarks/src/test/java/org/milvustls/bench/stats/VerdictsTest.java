package org.milvustls.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milvustls.bench.stats.Estimate.Grounds;
import org.milvustls.bench.stats.Verdicts.Answer;
import org.milvustls.bench.stats.Verdicts.Control;
import org.milvustls.bench.stats.Verdicts.ControlOutcome;
import org.milvustls.bench.stats.Verdicts.ControlResult;
import org.milvustls.bench.stats.Verdicts.Families;
import org.milvustls.bench.stats.Verdicts.Gate;
import org.milvustls.bench.stats.Verdicts.Planted;
import org.milvustls.bench.stats.Verdicts.PlantedOutcome;
import org.milvustls.bench.stats.Verdicts.PlantedResult;
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
      assertThat(answers.get(0).interval()).isEqualTo(slow.interval(0.975).map(Interval::exp));
      assertThat(answers.get(1).confidence()).isEqualTo(0.95);
      assertThat(answers.get(1).interval()).isEqualTo(slow.interval(0.95).map(Interval::exp));
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
    void of_too_few_forks_are_withheld() {
      for (Estimate few : List.of(Estimate.of(0.1), Estimate.of(0.1, 0.1001))) {
        Answer answer = judged(new Question("a", few, true, 0.02)).answers().get(0);

        assertThat(few.grounds()).isEqualTo(Grounds.TOO_FEW_FORKS);
        assertThat(answer.verdict()).isEqualTo(Verdict.WITHHELD);
        assertThat(answer.interval()).isEmpty();
        assertThat(answer.ratio()).isCloseTo(Math.exp(0.1), within(1e-3));
      }
    }

    @Test
    void of_forks_that_agree_to_the_last_digit_are_withheld() {
      Estimate same = Estimate.of(0.1, 0.1, 0.1, 0.1);

      Answer answer = judged(new Question("a", same, true, 0.02)).answers().get(0);

      assertThat(same.grounds()).isEqualTo(Grounds.NO_SCATTER);
      assertThat(answer.verdict()).isEqualTo(Verdict.WITHHELD);
      assertThat(answer.interval()).isEmpty();
    }
  }

  @Nested
  class the_gate {
    private final Question question = new Question("a", Estimate.of(0.1, 0.11, 0.12), true, 0.02);

    @Test
    void is_open_when_no_control_differs_and_the_delay_is_found() {
      Verdicts verdicts = judged(question);

      assertThat(verdicts.gate()).isEqualTo(Gate.OPEN);
      assertThat(verdicts.controls().get(0).outcome()).isEqualTo(ControlOutcome.SAME);
      assertThat(verdicts.planted().get(0).outcome()).isEqualTo(PlantedOutcome.FOUND);
    }

    @Test
    void withholds_all_verdicts_when_one_control_is_called_different() {
      Control bad = new Control("off#control", Estimate.of(0.020, 0.021, 0.022, 0.021));

      Verdicts verdicts =
          Verdicts.of(FAMILIES, List.of(question), List.of(GOOD_CONTROL, bad), List.of(GOOD_DELAY));

      assertThat(verdicts.gate()).isEqualTo(Gate.CONTROL_DIFFERENT);
      assertThat(verdicts.controls())
          .extracting(ControlResult::outcome)
          .containsExactly(ControlOutcome.SAME, ControlOutcome.DIFFERENT);
      assertThat(verdicts.answers().get(0).verdict()).isEqualTo(Verdict.WITHHELD);
      assertThat(verdicts.answers().get(0).interval()).isPresent();
    }

    @Test
    void tests_the_controls_together() {
      // t(3) = 4.5: different alone (3.18), not among ten (6.9).
      Control border = new Control("c", Estimate.of(0.0045, 0.0055, 0.0065, 0.0015));

      assertThat(withControls(1, border).gate()).isEqualTo(Gate.CONTROL_DIFFERENT);
      assertThat(withControls(10, border).gate()).isEqualTo(Gate.OPEN);
    }

    @Test
    void withholds_when_the_delay_is_found_with_another_size() {
      Verdicts verdicts = withDelay(1, Estimate.of(100, 101, 102));

      assertThat(verdicts.planted().get(0).outcome()).isEqualTo(PlantedOutcome.WRONG_SIZE);
      assertThat(verdicts.gate()).isEqualTo(Gate.DELAY_WRONG);
      assertThat(verdicts.answers().get(0).verdict()).isEqualTo(Verdict.WITHHELD);
    }

    @Test
    void tests_the_size_of_the_delays_together() {
      // 40 too small with a standard error of 10, t(3): wrong alone (3.18), not among ten (6.9).
      Estimate border = Estimate.of(140, 160, 180, 160 + 0.1);

      assertThat(withDelay(1, border).gate()).isEqualTo(Gate.DELAY_WRONG);
      assertThat(withDelay(10, border).gate()).isEqualTo(Gate.OPEN);
    }

    @Test
    void
        stays_open_for_a_delay_that_the_run_is_too_small_to_see_and_says_what_it_could_have_seen() {
      Verdicts verdicts = withDelay(1, Estimate.of(-300, 200, 700));

      PlantedResult vague = verdicts.planted().get(0);
      assertThat(vague.outcome()).isEqualTo(PlantedOutcome.TOO_SMALL);
      assertThat(vague.detectableNanos().orElseThrow())
          .isCloseTo(2 * vague.interval().orElseThrow().halfWidth(), within(1e-9));
      assertThat(verdicts.gate()).isEqualTo(Gate.OPEN);
    }

    @Test
    void withholds_without_a_control_and_with_too_few_forks_for_one() {
      assertThat(Verdicts.of(FAMILIES, List.of(question), List.of(), List.of()).gate())
          .isEqualTo(Gate.NO_CONTROL);

      Verdicts twoForks =
          Verdicts.of(
              FAMILIES,
              List.of(question),
              List.of(new Control("c", Estimate.of(0.1, -0.1))),
              List.of(new Planted("p", Estimate.of(190, 210), 200)));
      assertThat(twoForks.gate()).isEqualTo(Gate.NO_CONTROL);
      assertThat(twoForks.controls().get(0).outcome()).isEqualTo(ControlOutcome.NOT_JUDGED);
      assertThat(twoForks.planted().get(0).outcome()).isEqualTo(PlantedOutcome.NOT_JUDGED);
    }

    @Test
    void lets_a_suite_be_judged_beside_one_that_has_too_few_forks() {
      Verdicts verdicts =
          Verdicts.of(
              FAMILIES,
              List.of(question),
              List.of(GOOD_CONTROL, new Control("c", Estimate.of(0))),
              List.of());

      assertThat(verdicts.gate()).isEqualTo(Gate.OPEN);
      assertThat(verdicts.answers().get(0).verdict()).isEqualTo(Verdict.SLOWER);
    }

    private Verdicts withControls(int planned, Control control) {
      return Verdicts.of(
          new Families(0.95, 1, planned, 0), List.of(question), List.of(control), List.of());
    }

    private Verdicts withDelay(int planned, Estimate found) {
      return Verdicts.of(
          new Families(0.95, 1, 1, planned),
          List.of(question),
          List.of(GOOD_CONTROL),
          List.of(new Planted("jdk#planted", found, 200)));
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

  private static Verdicts judged(Question... questions) {
    return Verdicts.of(FAMILIES, List.of(questions), List.of(GOOD_CONTROL), List.of(GOOD_DELAY));
  }
}
