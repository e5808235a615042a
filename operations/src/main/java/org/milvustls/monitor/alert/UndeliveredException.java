package org.milvustls.monitor.alert;

import org.jspecify.annotations.Nullable;

/** A message that its receiver has not taken. Its text shows no secret. */
public final class UndeliveredException extends Exception {
  private static final long serialVersionUID = 1L;
  private final boolean worthRetrying;

  private UndeliveredException(String why, boolean worthRetrying, @Nullable Throwable cause) {
    super(why, cause);
    this.worthRetrying = worthRetrying;
  }

  /** It may go better in a moment. */
  public static UndeliveredException forNow(String why) {
    return new UndeliveredException(why, true, null);
  }

  /** It may go better in a moment. */
  public static UndeliveredException forNow(String why, Throwable cause) {
    return new UndeliveredException(why, true, cause);
  }

  /** It goes no better until somebody changes something. */
  public static UndeliveredException forGood(String why) {
    return new UndeliveredException(why, false, null);
  }

  boolean isWorthRetrying() {
    return worthRetrying;
  }
}
