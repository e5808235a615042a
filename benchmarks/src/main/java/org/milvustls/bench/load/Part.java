package org.milvustls.bench.load;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.milvustls.bench.result.Histograms;

/**
 * The results of one client process for a step.
 *
 * @param windowNanos time in which calls counted
 * @param sent calls sent
 * @param counted of them, those that were scheduled in the window
 * @param answered answers that came in the window
 * @param unanswered calls without an answer within the limit
 * @param mostInFlight largest number of calls in flight at once
 * @param stopped why sending ended early
 * @param drainNanos from the end of the window until the last answer
 * @param latency encoded histogram, ns
 * @param lag encoded histogram, ns
 * @param cores CPU while calls were sent
 * @param machineBusy share of all cores of the machine in use by any process
 * @param busiestThread CPU of the busiest thread
 */
record Part(
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
    double cores,
    double machineBusy,
    double busiestThread) {

  /** The sum over all processes: adds counts, CPU and histograms; takes the longest times. */
  static Part sum(List<Part> parts) {
    return new Part(
        parts.stream().mapToLong(Part::windowNanos).max().orElseThrow(),
        sum(parts, Part::sent),
        sum(parts, Part::counted),
        sum(parts, Part::answered),
        sum(parts, Part::unanswered),
        (int) sum(parts, Part::mostInFlight),
        parts.stream().flatMap(part -> part.stopped().stream()).findFirst(),
        parts.stream().mapToLong(Part::drainNanos).max().orElseThrow(),
        Histograms.encoded(Histograms.sum(parts.stream().map(Part::latency).toList())),
        Histograms.encoded(Histograms.sum(parts.stream().map(Part::lag).toList())),
        parts.stream().mapToDouble(Part::cores).sum(),
        parts.stream().mapToDouble(Part::machineBusy).max().orElseThrow(),
        parts.stream().mapToDouble(Part::busiestThread).max().orElseThrow());
  }

  private static long sum(Collection<Part> parts, ToLongFunction<Part> value) {
    return parts.stream().mapToLong(value).sum();
  }
}
