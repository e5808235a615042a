package org.milvustls.bench.load;

import java.util.concurrent.locks.LockSupport;

/** A monotonic clock that can wait. */
interface Ticker {
  /** Now, in ns. */
  long nanos();

  /** Waits until that time; returns at once when it is past. */
  void await(long nanos);

  /** The system clock. Parks, then spins at the end, because a parked thread wakes up late. */
  static Ticker system() {
    return new Ticker() {
      private static final long SPIN = 60_000;

      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void await(long nanos) {
        for (long left = nanos - nanos(); left > 0; left = nanos - nanos()) {
          if (left > SPIN) {
            LockSupport.parkNanos(left - SPIN);
          } else {
            Thread.onSpinWait();
          }
          if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("interrupted while holding a rate");
          }
        }
      }
    };
  }
}
