package org.milvustls.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts of passed, failed and skipped tests; skipped ones by class and reason. */
final class TestOutcomes {
  private final Map<Skip, Integer> skipped = new TreeMap<>();
  private int passed;
  private int failed;

  /** The skipped tests of a class with one reason. */
  private record Skip(String testClass, String reason) implements Comparable<Skip> {
    @Override
    public int compareTo(Skip other) {
      int byClass = testClass.compareTo(other.testClass);
      return byClass == 0 ? reason.compareTo(other.reason) : byClass;
    }
  }

  void passed() {
    passed++;
  }

  void failed() {
    failed++;
  }

  void skipped(String testClass, String reason, int tests) {
    String oneLine =
        reason.replaceFirst("^Assumption failed: ", "").strip().replaceAll("\\s+", " ");
    skipped.merge(new Skip(testClass, oneLine), tests, Integer::sum);
  }

  void add(TestOutcomes more) {
    passed += more.passed;
    failed += more.failed;
    more.skipped.forEach((skip, tests) -> skipped.merge(skip, tests, Integer::sum));
  }

  /** The counts, then a line for each class and reason. */
  List<String> lines() {
    int tests = skipped.values().stream().mapToInt(Integer::intValue).sum();
    List<String> lines = new ArrayList<>();
    lines.add(passed + " passed, " + failed + " failed, " + tests + " skipped");
    skipped.forEach(
        (skip, times) ->
            lines.add("  skipped " + times + " in " + skip.testClass() + ": " + skip.reason()));
    return lines;
  }

  void write(Path file, String build) {
    List<String> lines = new ArrayList<>(List.of(build, passed + "\t" + failed));
    skipped.forEach(
        (skip, tests) -> lines.add(tests + "\t" + skip.testClass() + "\t" + skip.reason()));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException("the summary of the tests cannot be written: " + file, e);
    }
  }

  /** Empty for a file of another build. */
  static Optional<TestOutcomes> read(Path file, String build) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the summary of the tests cannot be read: " + file, e);
    }
    if (!lines.get(0).equals(build)) {
      return Optional.empty();
    }
    TestOutcomes outcomes = new TestOutcomes();
    String[] counts = lines.get(1).split("\t", -1);
    outcomes.passed = Integer.parseInt(counts[0]);
    outcomes.failed = Integer.parseInt(counts[1]);
    for (String line : lines.subList(2, lines.size())) {
      String[] parts = line.split("\t", 3);
      outcomes.skipped(parts[1], parts[2], Integer.parseInt(parts[0]));
    }
    return Optional.of(outcomes);
  }
}
