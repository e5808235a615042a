package org.milvustls.stories;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Stops the servers that stories share after the last story. */
public final class Curtain implements TestExecutionListener {
  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    Stage.closeAll();
  }
}
