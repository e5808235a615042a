package org.milvustls.bench.workload;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Ends a JVM that a test started and that hangs; a slow machine has time enough. */
final class HangGuard {
  private static final int MINUTES = 5;

  private HangGuard() {}

  static void start() {
    CompletableFuture.delayedExecutor(MINUTES, TimeUnit.MINUTES)
        .execute(
            () -> {
              System.err.println("the JVM hangs: not finished after " + MINUTES + " minutes");
              Runtime.getRuntime().halt(1);
            });
  }
}
