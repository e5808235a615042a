package org.milvustls.testing;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints the test results of a JVM, and in the last JVM those of the whole build: the numbers of
 * passed and failed tests, and the skipped ones with their reasons.
 *
 * <p>Two system properties come from the build. {@code milvustls.test.summary} is the file of this
 * JVM's tests, in a folder that the modules share; without it nothing is kept. {@code
 * milvustls.test.build} identifies the build, so that files of an earlier one do not count.
 */
public final class BuildSummary implements TestExecutionListener {
  private final TestOutcomes outcomes = new TestOutcomes();
  private final PrintStream out;
  private final Function<String, @Nullable String> properties;
  private @Nullable TestPlan plan;

  public BuildSummary() {
    this(System.out, System::getProperty);
  }

  BuildSummary(PrintStream out, Function<String, @Nullable String> properties) {
    this.out = out;
    this.properties = properties;
  }

  @Override
  public synchronized void testPlanExecutionStarted(TestPlan started) {
    plan = started;
  }

  @Override
  public synchronized void executionSkipped(TestIdentifier test, String reason) {
    outcomes.skipped(nameOf(test), reason, testsBelow(test));
  }

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    switch (result.getStatus()) {
      case SUCCESSFUL -> {
        if (test.isTest()) {
          outcomes.passed();
        }
      }
      case FAILED -> outcomes.failed();
      case ABORTED ->
          outcomes.skipped(
              nameOf(test),
              result.getThrowable().map(Throwable::getMessage).orElse("no reason given"),
              testsBelow(test));
    }
  }

  /** A parameterized method that did not run has no tests yet and counts as one. */
  private int testsBelow(TestIdentifier test) {
    TestPlan tests = Objects.requireNonNull(plan);
    long below =
        tests.getDescendants(test).stream().filter(t -> tests.getChildren(t).isEmpty()).count();
    return (int) Math.max(1, below);
  }

  private static String nameOf(TestIdentifier test) {
    return test.getSource()
        .map(
            source -> {
              if (source instanceof MethodSource method) {
                return simple(method.getClassName());
              }
              return source instanceof ClassSource type
                  ? simple(type.getClassName())
                  : test.getDisplayName();
            })
        .orElseGet(test::getDisplayName);
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
  }

  @Override
  public synchronized void testPlanExecutionFinished(TestPlan finished) {
    String file = properties.apply("milvustls.test.summary");
    if (file == null) {
      return;
    }
    Path mine = Path.of(file);
    String build = String.valueOf(properties.apply("milvustls.test.build"));
    outcomes.write(mine, build);
    out.println(text(mine.getFileName() + " on Java " + Runtime.version(), outcomes));
    if (Boolean.parseBoolean(properties.apply("milvustls.test.last"))) {
      out.println(text("whole build", ofTheBuild(mine, build)));
    }
  }

  private static TestOutcomes ofTheBuild(Path mine, String build) {
    TestOutcomes all = new TestOutcomes();
    try (Stream<Path> files = Files.list(mine.toAbsolutePath().getParent())) {
      files.sorted().forEach(file -> TestOutcomes.read(file, build).ifPresent(all::add));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static String text(String title, TestOutcomes outcomes) {
    List<String> lines = outcomes.lines();
    return "\nTests, " + title + "\n" + String.join("\n", lines) + "\n";
  }
}
