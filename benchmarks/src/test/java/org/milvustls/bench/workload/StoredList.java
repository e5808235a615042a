package org.milvustls.bench.workload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * A committed list with a line for each cell, and the same of this run, which is written to {@code
 * target}. See docs/counts.md.
 */
final class StoredList {
  static final String NOT_AVAILABLE = "not available";
  private static final String MADE_ON = "# made on Java ";

  private final String file;
  private final List<String> head;
  private final Map<String, String> cells = new LinkedHashMap<>();

  private StoredList(String file, List<String> lines) {
    this.file = file;
    this.head = lines.subList(0, lines.get(0).startsWith("#") ? 2 : 1);
    lines.stream()
        .skip(head.size())
        .map(line -> line.split(",", 2))
        .forEach(line -> cells.put(line[0], line[1]));
  }

  /** The committed list. */
  static StoredList committed(String file) throws IOException {
    try (InputStream in = Objects.requireNonNull(StoredList.class.getResourceAsStream(file))) {
      return new StoredList(file, new String(in.readAllBytes(), UTF_8).lines().toList());
    }
  }

  /** Fails when a line differs from the committed one. */
  void requireSame(String header, List<String> now) throws IOException {
    List<String> differences = differences(now, String::equals);
    write(List.of(header), now);
    assertThat(differences).as(advice()).isEmpty();
  }

  /**
   * The same for a list that is sure to hold on one release of Java only: on another release a
   * difference is told and fails nothing.
   */
  void requireSameOnItsRelease(String header, List<String> now, BiPredicate<String, String> same)
      throws IOException {
    List<String> differences = differences(now, same);
    write(List.of(MADE_ON + release(), header), now);
    String madeOn = head.get(0).substring(MADE_ON.length());
    if (!differences.isEmpty() && !madeOn.equals(release())) {
      abort(
          "%s is of Java %s: on Java %s %d of %d cells differ (%s)"
              .formatted(file, madeOn, release(), differences.size(), cells.size(), target()));
    }
    assertThat(differences).as(advice()).isEmpty();
  }

  /** Each line that differs, both ways; natives that a platform lacks are no difference. */
  List<String> differences(List<String> lines, BiPredicate<String, String> same) {
    boolean allNatives =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    Map<String, String> gone = new LinkedHashMap<>(cells);
    List<String> differences = new ArrayList<>();
    for (String line : lines) {
      String cell = line.split(",", 2)[0];
      String now = line.split(",", 2)[1];
      String before = Objects.requireNonNullElse(gone.remove(cell), "not in the list");
      if (!same.test(before, now) && (allNatives || !now.equals(NOT_AVAILABLE))) {
        differences.add(cell + "\n    was " + before + "\n    is  " + now);
      }
    }
    gone.keySet()
        .forEach(cell -> differences.add(cell + "\n    is in the list and no longer measured"));
    return differences;
  }

  private void write(List<String> top, List<String> lines) throws IOException {
    List<String> all = new ArrayList<>(top);
    all.addAll(lines);
    Files.write(target(), all);
  }

  private Path target() {
    return Path.of("target", file);
  }

  private String advice() {
    return head.get(head.size() - 1) + "; wanted? then take " + target() + " as the new list";
  }

  /** The exact release of this JVM, such as {@code 17.0.15+6}; without what a vendor adds. */
  private static String release() {
    Runtime.Version version = Runtime.version();
    return version.version().stream().map(String::valueOf).collect(Collectors.joining("."))
        + version.build().map(build -> "+" + build).orElse("");
  }

  /** A list that is not committed. */
  static StoredList of(String... lines) {
    return new StoredList("list.csv", List.of(lines));
  }
}
