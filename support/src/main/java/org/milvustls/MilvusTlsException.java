package org.milvustls;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An error that a person can act on. Its message contains what failed, the value seen, the values
 * allowed and the next step, in that order; each is optional. Expected outcomes (a failed
 * handshake, a finding, an unavailable cell) are values and never this exception.
 *
 * <pre>{@code
 * throw MilvusTlsException.usage("unknown profile")
 *     .seen("fast")
 *     .allowed("smoke, quick, full, matrix")
 *     .next("run './run-benchmarks.sh plan --profile quick' to see what a profile measures")
 *     .build();
 * }</pre>
 */
public class MilvusTlsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The source of the error, which decides the exit code of a command. */
  public enum Kind {
    /** The request itself is wrong: exit code 2. */
    USAGE,
    /**
     * The request is valid but could not be carried out (I/O, no server to start, nothing to
     * compare): exit code 3.
     */
    FAILURE
  }

  private final Kind kind;

  /** For subclasses with a value besides the message. */
  protected MilvusTlsException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Starts an error about a request that is wrong in itself. */
  public static Builder usage(String what) {
    return new Builder(Kind.USAGE, what);
  }

  /** Starts an error about a request that could not be carried out. */
  public static Builder failure(String what) {
    return new Builder(Kind.FAILURE, what);
  }

  public Kind kind() {
    return kind;
  }

  /** Collects the parts of the message. */
  public static final class Builder {
    private final Kind kind;
    private final StringBuilder message;
    private @Nullable Throwable cause;

    private Builder(Kind kind, String what) {
      this.kind = kind;
      this.message = new StringBuilder(Objects.requireNonNull(what, "what"));
    }

    /** The offending value, as the user gave it. Never a secret. */
    public Builder seen(Object value) {
      message.append(": '").append(value).append('\'');
      return this;
    }

    /** The values that would have been accepted. */
    public Builder allowed(String values) {
      message.append("; allowed: ").append(values);
      return this;
    }

    /** What the user can do now. */
    public Builder next(String step) {
      message.append("\n  next: ").append(step);
      return this;
    }

    /** The cause of this error; never dropped. */
    public Builder cause(Throwable t) {
      this.cause = t;
      return this;
    }

    public MilvusTlsException build() {
      return new MilvusTlsException(kind, message.toString(), cause);
    }
  }
}
