package org.milvustls.bench;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits of tests. Their limit guards against hanging only: a busy machine has time enough. */
public final class Patience {
  public static final Duration LIMIT = Duration.ofMinutes(5);

  private Patience() {}

  /**
   * Looks again every tenth of a second until it holds.
   *
   * @param what is waited for
   * @param said so far by what is waited for, for the message
   */
  public static void await(String what, Supplier<String> said, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        gaveUp(what, said);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** The exit code of a process that ends by itself. */
  public static int exitCode(Process process, String what, Supplier<String> said)
      throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      gaveUp("end of " + what, said);
    }
    return process.exitValue();
  }

  private static void gaveUp(String what, Supplier<String> said) {
    fail("waited %d minutes in vain for: %s. It said:%n%s", LIMIT.toMinutes(), what, said.get());
  }
}
