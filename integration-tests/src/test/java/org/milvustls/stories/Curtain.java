package org.milvustls.stories;

import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * After the last story: stops the shared servers and says in one summary what was told and what was
 * skipped, with the reason.
 */
public final class Curtain implements TestExecutionListener {
  private final Map<String, Integer> skipped = new TreeMap<>();
  private int told;
  private int failed;

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    switch (result.getStatus()) {
      case SUCCESSFUL -> told += test.isTest() ? 1 : 0;
      case FAILED -> failed++;
      case ABORTED ->
          skipped.merge(
              result.getThrowable().map(Throwable::getMessage).orElse("no reason given"),
              1,
              Integer::sum);
    }
  }

  @Override
  public synchronized void executionSkipped(TestIdentifier test, String reason) {
    skipped.merge(reason, 1, Integer::sum);
  }

  @Override
  public synchronized void testPlanExecutionFinished(TestPlan plan) {
    Stage.closeAll();
    System.out.println("[stories] " + told + " passed, " + failed + " failed");
    skipped.forEach(
        (reason, times) ->
            System.out.println("[stories] SKIPPED " + times + " story classes: " + reason));
  }
}
