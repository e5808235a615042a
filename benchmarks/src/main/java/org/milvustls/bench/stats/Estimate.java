package org.milvustls.bench.stats;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean over forks with its standard error. The fork is the unit of inference, whatever happens
 * inside it.
 *
 * <p>The {@link #interval} has the unit of the values: log-ratios or differences.
 *
 * @param mean over forks, or over roles
 * @param standardError of the mean; NaN without degrees of freedom
 * @param degreesOfFreedom of Student's t; 0 with one fork: then there is no interval
 * @param forks number of values in the mean
 * @param basis where the variance comes from
 */
public record Estimate(
    double mean, double standardError, int degreesOfFreedom, int forks, Basis basis) {

  /**
   * Fewest degrees of freedom for the variance inside roles. Below it t is very large, above all
   * for simultaneous confidence intervals. Then the differences between roles widen the interval
   * less than the lost degrees of freedom do (docs/decisions/0007).
   */
  public static final int FEWEST_WITHIN = 6;

  /** Where the variance of an estimate comes from. */
  public enum Basis {
    /** Forks are a sample: n - 1 degrees of freedom. */
    FORKS,
    /** Forks scatter around the mean of their server role: forks - roles degrees of freedom. */
    WITHIN_ROLES,
    /**
     * Roles are repeated too rarely: fewer than {@link #FEWEST_WITHIN} degrees of freedom inside
     * them. Forks are therefore treated as a sample. The interval then includes the differences
     * between servers, and its coverage is at least the nominal one.
     */
    FORKS_FOR_WANT_OF_REPEATED_ROLES,
    /** Independent estimates were added. */
    SUM
  }

  /**
   * Mean, standard error and n - 1 degrees of freedom of a sample (Student, Biometrika 6, 1908;
   * NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.2).
   *
   * @param values one for each fork
   * @throws IllegalArgumentException if there is none, or one that is not finite
   */
  public static Estimate of(double... values) {
    Sample.requireFinite("forks", values);
    return ofSample(values, Basis.FORKS);
  }

  /**
   * The same for forks that differ by design in a role, such as which server had which data copy.
   * The mean is the mean of the roles' means, each with the same weight. The variance is the pooled
   * one inside roles (one-way analysis of variance: mean square within, with forks - roles degrees
   * of freedom; e-Handbook 7.4.3.3, and 7.4.3.6 for the standard error of a contrast). The design
   * averages out differences between roles, so they do not widen the interval. With fewer than
   * {@link #FEWEST_WITHIN} degrees of freedom inside roles, the variance is that of all forks, and
   * {@link #basis} says so. The number of forks decides this, never the measured values.
   *
   * @param values one for each fork
   * @param roles the role of each fork; any numbers
   * @throws IllegalArgumentException if there is none, one that is not finite, or not one role for
   *     each
   */
  public static Estimate of(double[] values, int[] roles) {
    Sample.requireFinite("forks", values);
    if (values.length != roles.length) {
      throw new IllegalArgumentException(
          "each fork needs one role, got " + values.length + " forks and " + roles.length);
    }
    Map<Integer, double[]> byRole = new TreeMap<>();
    for (int role : roles) {
      byRole.computeIfAbsent(role, r -> valuesOf(values, roles, r));
    }
    if (byRole.size() == 1) {
      return ofSample(values, Basis.FORKS);
    }
    return ofRoles(byRole, values);
  }

  private static double[] valuesOf(double[] values, int[] roles, int role) {
    return IntStream.range(0, values.length)
        .filter(fork -> roles[fork] == role)
        .mapToDouble(fork -> values[fork])
        .toArray();
  }

  private static Estimate ofSample(double[] values, Basis basis) {
    int degrees = values.length - 1;
    double error = degrees == 0 ? Double.NaN : Math.sqrt(Sample.variance(values) / values.length);
    return new Estimate(Sample.mean(values), error, degrees, values.length, basis);
  }

  private static Estimate ofRoles(Map<Integer, double[]> byRole, double[] values) {
    double mean = byRole.values().stream().mapToDouble(Sample::mean).average().orElseThrow();
    double shares =
        byRole.values().stream().mapToDouble(forksOfRole -> 1.0 / forksOfRole.length).sum();
    int inside = values.length - byRole.size();
    boolean enough = inside >= FEWEST_WITHIN;
    double variance =
        enough
            ? byRole.values().stream().mapToDouble(Sample::squares).sum() / inside
            : Sample.variance(values);
    return new Estimate(
        mean,
        Math.sqrt(variance * shares) / byRole.size(),
        enough ? inside : values.length - 1,
        values.length,
        enough ? Basis.WITHIN_ROLES : Basis.FORKS_FOR_WANT_OF_REPEATED_ROLES);
  }

  /**
   * The sum of independent estimates, such as those of panels without a common fork. Variances add.
   * The degrees of freedom are those of Welch and Satterthwaite (Biometrika 34, 1947), rounded
   * down.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Estimate sum(List<Estimate> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a sum needs an estimate");
    }
    if (parts.size() == 1) {
      return parts.get(0);
    }
    double mean = parts.stream().mapToDouble(Estimate::mean).sum();
    int forks = parts.stream().mapToInt(Estimate::forks).sum();
    if (parts.stream().anyMatch(part -> part.degreesOfFreedom == 0)) {
      return new Estimate(mean, Double.NaN, 0, forks, Basis.SUM);
    }
    double variance = parts.stream().mapToDouble(Estimate::variance).sum();
    double shares =
        parts.stream().mapToDouble(p -> p.variance() * p.variance() / p.degreesOfFreedom).sum();
    int least = parts.stream().mapToInt(Estimate::degreesOfFreedom).min().orElseThrow();
    int degrees = shares > 0 ? Math.max(least, (int) (variance * variance / shares)) : least;
    return new Estimate(mean, Math.sqrt(variance), degrees, forks, Basis.SUM);
  }

  private double variance() {
    return standardError * standardError;
  }

  /**
   * Two-sided interval by Student's t, in the unit of the values; absent without degrees of
   * freedom.
   *
   * @param confidence such as 0.95
   * @throws IllegalArgumentException if it does not lie between 0 and 1
   */
  public Optional<Interval> interval(double confidence) {
    requireConfidence(confidence);
    if (degreesOfFreedom == 0) {
      return Optional.empty();
    }
    double t = TDistribution.of(degreesOfFreedom).inverseSurvivalProbability((1 - confidence) / 2);
    return Optional.of(Interval.around(mean, t * standardError));
  }

  /** Says whether forks allow a verdict, and why not. */
  public enum Grounds {
    /** There are enough degrees of freedom and some scatter. */
    ENOUGH,
    /** Fewer than {@link #FEWEST_DEGREES} degrees of freedom. */
    TOO_FEW_FORKS,
    /** All forks agree to the last digit. No clock does that: it is a fault, not precision. */
    NO_SCATTER
  }

  /**
   * With one degree of freedom, t is 12.7 at 95 % and in the hundreds for simultaneous confidence
   * intervals. The calibration begins at 3 forks and does not cover this case.
   */
  public static final int FEWEST_DEGREES = 2;

  /** Whether these forks allow a verdict. */
  public Grounds grounds() {
    if (degreesOfFreedom < FEWEST_DEGREES) {
      return Grounds.TOO_FEW_FORKS;
    }
    return standardError > 0 ? Grounds.ENOUGH : Grounds.NO_SCATTER;
  }

  /** The {@link #interval}, when the {@link #grounds} allow a verdict. */
  public Optional<Interval> judgedInterval(double confidence) {
    return grounds() == Grounds.ENOUGH ? interval(confidence) : Optional.empty();
  }

  /** The geometric mean of the ratios, when the values are log-ratios. */
  public double ratio() {
    return Math.exp(mean);
  }

  /**
   * Confidence of each of several simultaneous confidence intervals, from the confidence of all
   * together (Bonferroni's inequality; Dunn, J. Am. Stat. Assoc. 56, 1961).
   *
   * @param confidence of all together
   * @param intervals number of intervals; 0 counts as 1
   */
  public static double simultaneous(double confidence, int intervals) {
    requireConfidence(confidence);
    if (intervals < 0) {
      throw new IllegalArgumentException("cannot have " + intervals + " intervals");
    }
    return 1 - (1 - confidence) / Math.max(1, intervals);
  }

  static void requireConfidence(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must lie between 0 and 1, got " + confidence);
    }
  }
}
