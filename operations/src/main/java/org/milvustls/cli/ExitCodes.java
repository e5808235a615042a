package org.milvustls.cli;

/** What a command's exit code says; the same for every command but {@code monitor}. */
final class ExitCodes {
  /** Yes, healthy, done. */
  static final int OK = 0;

  /** The answer is "no": a finding, a failed connection. */
  static final int NO = 1;

  /** Wrong usage. */
  static final int USAGE = 2;

  /** Could not be done. */
  static final int FAILURE = 3;

  private ExitCodes() {}
}
