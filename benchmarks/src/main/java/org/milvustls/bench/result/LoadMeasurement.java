package org.milvustls.bench.result;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.milvustls.bench.result.Measurement.Wire;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.tls.NegotiatedSession;

/**
 * The measurement of a fork of suite {@code load}, under open-loop load. Latency counts from the
 * scheduled time of a call. A call that had to wait for others is as late as for its user.
 *
 * @param processes client processes that shared each rate; their histograms are added
 * @param overhead the schedule with nothing to send
 * @param rates the grid, in calls per second
 * @param arms in the panel's order
 */
public record LoadMeasurement(
    int processes, Overhead overhead, List<Double> rates, List<ArmLoad> arms) {

  public LoadMeasurement {
    Objects.requireNonNull(overhead, "overhead");
    rates = List.copyOf(rates);
    arms = List.copyOf(arms);
    if (processes < 1) {
      throw new IllegalArgumentException(processes + " processes");
    }
  }

  /**
   * The overhead of the harness: the delay of an operation that does nothing.
   *
   * @param rate operations per second, all processes together
   * @param lag delay of each start after its scheduled time, in ns: encoded {@link Histograms}
   */
  public record Overhead(double rate, String lag) {}

  /**
   * One arm.
   *
   * @param arm its name
   * @param cell name of its cell
   * @param kind measured or control
   * @param negotiated what was seen when the arm was opened; absent in plaintext
   * @param wire bytes of one call, where they could be counted
   * @param steps in the order of execution: rates rise until one saturates
   */
  public record ArmLoad(
      String arm,
      String cell,
      Arm.Kind kind,
      Optional<NegotiatedSession> negotiated,
      Optional<Wire> wire,
      List<Step> steps) {
    public ArmLoad {
      Objects.requireNonNull(arm, "arm");
      Objects.requireNonNull(cell, "cell");
      Objects.requireNonNull(kind, "kind");
      steps = List.copyOf(steps);
    }
  }

  /**
   * One rate for a period of time. Calls scheduled in the settling time before the window are sent,
   * but count only in {@code sent} and CPU.
   *
   * @param rate calls per second that were scheduled, as a Poisson process
   * @param warmup whether it only warms the JVM: stored, not used
   * @param windowNanos length of the window; shorter than planned when the step was stopped
   * @param sent calls sent, those of the settling time too
   * @param counted calls that were scheduled in the window and sent
   * @param answered answers that came in the window, to any call
   * @param unanswered calls without an answer within the drain limit; the histogram contains them
   *     with their waiting time until then
   * @param mostInFlight largest number of calls in flight at once
   * @param stopped why sending ended early: overload, which is a result; absent otherwise
   * @param drainNanos from the end of the window until the last answer
   * @param latency of the counted calls from their scheduled time, in ns: encoded {@link
   *     Histograms}
   * @param lag delay of each counted call after its scheduled time, in ns: encoded {@link
   *     Histograms}
   * @param clientCores CPU of all client processes while calls were sent; 1 is a core
   * @param machineBusy share of all cores of the machine in use by any process; 1 is all
   * @param busiestThread CPU of their busiest thread; 1 is all of a core
   * @param serverCores CPU of the server in that time, without its idle share, where readable
   */
  public record Step(
      double rate,
      boolean warmup,
      long windowNanos,
      long sent,
      long counted,
      long answered,
      long unanswered,
      int mostInFlight,
      Optional<String> stopped,
      long drainNanos,
      String latency,
      String lag,
      double clientCores,
      double machineBusy,
      double busiestThread,
      Optional<Double> serverCores) {
    public Step {
      Objects.requireNonNull(latency, "latency");
      Objects.requireNonNull(lag, "lag");
      Objects.requireNonNull(stopped, "stopped");
    }

    /** Answers per second in the window. */
    public double answeredRate() {
      return answered * 1e9 / windowNanos;
    }
  }
}
