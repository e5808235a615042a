package org.milvustls.cli;

/** The exit codes of all commands except {@code monitor}. */
final class ExitCodes {
  /** Success: yes, healthy, done. */
  static final int OK = 0;

  /** The answer is "no": a finding, a failed connection. */
  static final int NO = 1;

  /** Wrong usage. */
  static final int USAGE = 2;

  /** The command could not be carried out. */
  static final int FAILURE = 3;

  private ExitCodes() {}
}
