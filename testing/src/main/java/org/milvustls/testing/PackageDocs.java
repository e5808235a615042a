package org.milvustls.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the list of used packages in each {@code package-info.java} with the imports of its
 * package. The list is one sentence: "Uses {@code tls} and {@code pki} of the project.", or "Uses
 * nothing of the project." A package of the benchmarks leaves out {@code bench}. The sentence
 * leaves out the error type of the library, which every package may use.
 */
public final class PackageDocs {
  private static final String ROOT = "org.milvustls.";
  private static final Pattern SENTENCE =
      Pattern.compile("Uses ((?:(?!Uses |\\. ).)*?) of the project\\.");
  private static final Pattern NAME = Pattern.compile("\\{@code ([a-z.]+)}");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?" + Pattern.quote(ROOT) + "([a-z.]+)\\.[A-Z]");

  private PackageDocs() {}

  /**
   * A line for each package with a missing or wrong sentence.
   *
   * @param sources folder of a module's sources
   */
  public static List<String> differences(Path sources) {
    List<String> differences = new ArrayList<>();
    for (Path info : list(sources, path -> path.endsWith("package-info.java"))) {
      String name = name(sources, info);
      Set<String> used = used(info, name);
      Optional<Set<String>> said = said(text(info));
      if (!said.equals(Optional.of(used))) {
        differences.add(
            name + " says " + said.map(Set::toString).orElse("nothing") + ", imports " + used);
      }
    }
    return differences;
  }

  /** The package name without the root; empty for the root itself. */
  private static String name(Path sources, Path info) {
    String name = sources.relativize(info.resolveSibling("")).toString().replaceAll("[/\\\\]", ".");
    return name.length() < ROOT.length() ? "" : name.substring(ROOT.length());
  }

  private static Set<String> used(Path info, String name) {
    boolean bench = name.startsWith("bench.");
    return list(info.resolveSibling(""), path -> true).stream()
        .filter(path -> path.resolveSibling("").equals(info.resolveSibling("")))
        .flatMap(path -> IMPORT.matcher(text(path)).results())
        .map(found -> found.group(1))
        .filter(other -> !other.equals(name))
        .map(other -> bench ? other.replaceFirst("^bench\\.", "") : other)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Optional<Set<String>> said(String info) {
    Matcher sentence = SENTENCE.matcher(info.replaceAll("\\s*\\*?\\s*\\n \\* ", " "));
    return sentence.find()
        ? Optional.of(
            NAME.matcher(sentence.group(1))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new)))
        : Optional.empty();
  }

  private static List<Path> list(Path folder, java.util.function.Predicate<Path> wanted) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(path -> path.toString().endsWith(".java") && wanted.test(path))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
