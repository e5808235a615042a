package org.milvustls.bench.workload;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.result.Json;
import org.milvustls.bench.scenario.Arm;

/**
 * Performs the operation of each cell once, in a JVM with the flags of the forks, before any
 * measurement: {@code java org.milvustls.bench.workload.Preflight fork.json answer.json}.
 */
public final class Preflight {
  private Preflight() {}

  /**
   * The result of preflight for one cell.
   *
   * @param cell its name
   * @param problem why it cannot be measured; absent when it can
   * @param failed whether it should work but failed; otherwise a cell with a problem is unavailable
   *     here
   */
  public record Finding(String cell, Optional<String> problem, boolean failed) {}

  /**
   * All findings; an array in the file.
   *
   * @param findings one for each cell
   */
  public record Report(List<Finding> findings) {}

  /**
   * The input of preflight, as a file.
   *
   * @param arms whose cells to try
   * @param target servers and files
   */
  public record Question(List<Arm> arms, Target target) {}

  public static void main(String[] args) throws IOException {
    ObjectMapper json = Json.mapper();
    Question question = json.readValue(Path.of(args[0]).toFile(), Question.class);
    Files.writeString(Path.of(args[1]), json.writeValueAsString(new Report(examine(question))));
    // Threads of a failed connection must not keep the JVM.
    System.exit(0);
  }

  static List<Finding> examine(Question question) {
    Set<Arm> once = new LinkedHashSet<>();
    question.arms().forEach(arm -> once.add(Arm.measured(arm.cell())));
    return once.stream().map(arm -> examine(arm, question.target())).toList();
  }

  private static Finding examine(Arm arm, Target target) {
    String name = arm.cell().name();
    try (Workload workload = Workloads.open(arm.cell(), arm.serverRole(), target)) {
      workload.observe();
      return new Finding(name, Optional.empty(), false);
    } catch (MilvusTlsException e) {
      // The factories throw this exception for features that a provider or this machine does not
      // support.
      return new Finding(
          name,
          Optional.of(String.valueOf(e.getMessage())),
          e.kind() != MilvusTlsException.Kind.USAGE);
    } catch (RuntimeException e) {
      return new Finding(name, Optional.of(String.valueOf(e.getMessage())), true);
    }
  }
}
