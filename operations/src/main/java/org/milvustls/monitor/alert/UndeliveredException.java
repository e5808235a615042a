package org.milvustls.monitor.alert;

import org.jspecify.annotations.Nullable;

/** The receiver did not accept a message. The text contains no secret. */
final class UndeliveredException extends Exception {
  private static final long serialVersionUID = 1L;
  private final boolean worthRetrying;

  private UndeliveredException(String why, boolean worthRetrying, @Nullable Throwable cause) {
    super(why, cause);
    this.worthRetrying = worthRetrying;
  }

  /** A temporary failure: a retry may help. */
  static UndeliveredException forNow(String why, @Nullable Throwable cause) {
    return new UndeliveredException(why, true, cause);
  }

  /** A permanent failure: a retry does not help. */
  static UndeliveredException forGood(String why) {
    return new UndeliveredException(why, false, null);
  }

  boolean isWorthRetrying() {
    return worthRetrying;
  }
}
