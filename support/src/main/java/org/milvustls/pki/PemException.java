package org.milvustls.pki;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes are not the expected PEM; the message says what they are. */
final class PemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable String next;

  PemException(String message, @Nullable String next, @Nullable Throwable cause) {
    super(message, cause);
    this.next = next;
  }

  /** The next step, where known. */
  Optional<String> next() {
    return Optional.ofNullable(next);
  }
}
