package org.milvustls.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.milvustls.bench.result.Environment;

/**
 * A difference between the environments of two runs.
 *
 * @param kind affected part
 * @param name of the fact
 * @param before in the first run
 * @param after in the second
 */
public record EnvironmentDifference(Kind kind, String name, String before, String after) {

  /** The part of the environment that differs, which limits the meaning of a comparison. */
  public enum Kind {
    /** Processor, memory, kernel. */
    MACHINE,
    /** Java virtual machine. */
    JVM,
    /** Milvus. */
    MILVUS,
    /** A library in use. */
    LIBRARY,
    /** The amount of measurement. */
    PLAN,
    /** An environment that was not recorded. */
    UNKNOWN
  }

  private static final String NONE = "none";

  private record Fact(Kind kind, String value) {}

  static List<EnvironmentDifference> between(RunReport before, RunReport after) {
    Map<String, Fact> old = facts(before);
    Map<String, Fact> now = facts(after);
    Set<String> names = new LinkedHashSet<>(old.keySet());
    names.addAll(now.keySet());
    List<EnvironmentDifference> differences = new ArrayList<>();
    for (String name : names) {
      Fact was = old.getOrDefault(name, now.get(name));
      String is = now.containsKey(name) ? value(now, name) : NONE;
      String then = old.containsKey(name) ? value(old, name) : NONE;
      if (was != null && !is.equals(then)) {
        differences.add(new EnvironmentDifference(was.kind(), name, then, is));
      }
    }
    return List.copyOf(differences);
  }

  private static String value(Map<String, Fact> facts, String name) {
    Fact fact = facts.get(name);
    return fact == null ? NONE : fact.value();
  }

  private static Map<String, Fact> facts(RunReport run) {
    Map<String, Fact> facts = new LinkedHashMap<>();
    facts.put(
        "environment",
        new Fact(Kind.UNKNOWN, run.environment().isPresent() ? "recorded" : "not recorded"));
    run.environment().ifPresent(environment -> add(facts, environment));
    facts.put("profile", new Fact(Kind.PLAN, run.summary().profile()));
    return facts;
  }

  private static void add(Map<String, Fact> facts, Environment environment) {
    Environment.Machine machine = environment.machine();
    facts.put("CPU", new Fact(Kind.MACHINE, machine.cpu()));
    facts.put("CPU flags", new Fact(Kind.MACHINE, String.join(" ", machine.cpuFlags())));
    facts.put("cores", new Fact(Kind.MACHINE, "" + machine.cores()));
    facts.put("memory, bytes", new Fact(Kind.MACHINE, "" + machine.memoryBytes()));
    facts.put("kernel", new Fact(Kind.MACHINE, machine.kernel()));
    facts.put("virtual machine", new Fact(Kind.MACHINE, machine.virtualMachine().orElse(NONE)));
    facts.put(
        "JVM", new Fact(Kind.JVM, environment.jvm().name() + " " + environment.jvm().version()));
    facts.put("Milvus", new Fact(Kind.MILVUS, environment.milvus().orElse(NONE)));
    environment
        .milvusSettings()
        .forEach((name, value) -> facts.put(name, new Fact(Kind.MILVUS, value)));
    environment
        .searched()
        .forEach(
            set ->
                facts.put(
                    "searched, dimension " + set.dimension(), new Fact(Kind.MILVUS, set.words())));
    environment
        .libraries()
        .forEach((name, version) -> facts.put(name, new Fact(Kind.LIBRARY, version)));
  }

  /** Explains the meaning and the limits of a comparison across these differences. */
  static List<String> meaning(List<EnvironmentDifference> differences) {
    Set<Kind> kinds = new LinkedHashSet<>();
    differences.forEach(difference -> kinds.add(difference.kind()));
    List<String> meaning = new ArrayList<>();
    if (kinds.contains(Kind.MACHINE)) {
      meaning.add(
          "Another machine: ratios depend on the processor too (AES and vector instructions help one"
              + " provider more than another). A change says nothing about software.");
    }
    if (kinds.contains(Kind.JVM) || kinds.contains(Kind.LIBRARY) || kinds.contains(Kind.MILVUS)) {
      meaning.add(
          "Other software: a change may come from any of the differences named, and the comparison"
              + " cannot tell which.");
    }
    if (kinds.contains(Kind.PLAN)) {
      meaning.add(
          "Other profiles: warm-up and number of forks differ, which can move ratios a little.");
    }
    if (kinds.contains(Kind.UNKNOWN)) {
      meaning.add("The environment of one run was not recorded: anything may differ.");
    }
    if (meaning.isEmpty()) {
      meaning.add(
          "Nothing that was recorded differs: a change comes from what was not, or from this project.");
    }
    meaning.add(
        "Ratios to the baseline of the same run are compared. Their intervals hold the variance between"
            + " forks of one run, not that between runs.");
    return meaning;
  }

  @Override
  public String toString() {
    return name + ": " + before + " -> " + after;
  }
}
