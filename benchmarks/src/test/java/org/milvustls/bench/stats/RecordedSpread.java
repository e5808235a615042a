package org.milvustls.bench.stats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Takes the scatter of the A/A controls out of a run's {@code measurements.jsonl}, as lines for
 * {@code spread.csv}. Between forks is what the forks scatter more than their cycles explain
 * (method of moments, one-way random effects; e-Handbook 7.4.3.3 and 3.2.3.1).
 */
final class RecordedSpread {
  private RecordedSpread() {}

  static List<String> lines(Path measurements, String source) throws IOException {
    Map<String, List<JsonNode>> bySuite = new TreeMap<>();
    ObjectMapper json = new ObjectMapper();
    for (String line : Files.readAllLines(measurements)) {
      JsonNode fork = json.readTree(line);
      if (!fork.has("failure")) {
        String suite = fork.get("suite").asText().toLowerCase(Locale.ROOT);
        bySuite.computeIfAbsent(suite, s -> new ArrayList<>()).add(fork);
      }
    }
    return bySuite.entrySet().stream()
        .map(entry -> line(entry.getKey(), entry.getValue(), source))
        .toList();
  }

  private static String line(String suite, List<JsonNode> forks, String source) {
    double[] values = new double[forks.size()];
    int[] roles = new int[forks.size()];
    double within = 0;
    double cycles = 0;
    for (int fork = 0; fork < values.length; fork++) {
      Cycles control = control(forks.get(fork));
      values[fork] = control.logRatio();
      roles[fork] = forks.get(fork).get("rotation").asInt();
      within += control.variance() / values.length;
      cycles += (double) control.count() / values.length;
    }
    double ofForks = insideRoles(values, roles);
    double between = Math.sqrt(Math.max(0, ofForks - within / cycles));
    double ofRoles = Math.sqrt(Math.max(0, Sample.variance(values) - ofForks));
    return String.format(
        Locale.ROOT, "%s,%.4f,%.4f,%.4f,%s", suite, between, Math.sqrt(within), ofRoles, source);
  }

  private static double insideRoles(double[] values, int[] roles) {
    int[] distinct = Arrays.stream(roles).distinct().toArray();
    if (distinct.length == values.length) {
      return Sample.variance(values);
    }
    double squares = 0;
    for (int role : distinct) {
      squares +=
          Sample.squares(
              IntStream.range(0, values.length)
                  .filter(fork -> roles[fork] == role)
                  .mapToDouble(fork -> values[fork])
                  .toArray());
    }
    return squares / (values.length - distinct.length);
  }

  private static Cycles control(JsonNode fork) {
    JsonNode control = arm(fork, "CONTROL", "");
    JsonNode baseline = arm(fork, "MEASURED", control.get("cell").asText());
    int warmup = fork.get("warmupCycles").asInt();
    return Cycles.of(medians(control, warmup), medians(baseline, warmup));
  }

  /** The first arm of a kind, of the cell where one is named. */
  private static JsonNode arm(JsonNode fork, String kind, String cell) {
    return StreamSupport.stream(fork.get("arms").spliterator(), false)
        .filter(arm -> arm.get("kind").asText().equals(kind))
        .filter(arm -> cell.isEmpty() || arm.get("cell").asText().equals(cell))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no " + kind + " arm in a fork"));
  }

  private static double[] medians(JsonNode arm, int warmup) {
    return StreamSupport.stream(arm.get("cycleMedians").spliterator(), false)
        .skip(warmup)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
