package org.milvustls.pki;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bytes that are not the PEM that was expected; the message says what they are instead. */
final class PemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable String next;

  PemException(String message, @Nullable String next, @Nullable Throwable cause) {
    super(message, cause);
    this.next = next;
  }

  /** What to do about it, where that is known. */
  Optional<String> next() {
    return Optional.ofNullable(next);
  }
}
