package org.milvustls.scan;

import java.util.List;

/**
 * The best configuration of Mozilla's Server Side TLS recommendations that a listener keeps to.
 *
 * @param level which one
 * @param reasons what keeps it from the next better one; empty for {@link Level#MODERN}
 * @param notes what is beside the recommendation and as strong, which takes nothing from the level
 */
public record Grade(Level level, List<String> reasons, List<String> notes) {
  /** The recommendations that are applied. */
  public static final String GUIDELINES = "Mozilla Server Side TLS 6.0";

  /** Configurations, best first. */
  public enum Level {
    /** TLS 1.3 alone. */
    MODERN,
    /** TLS 1.2 and 1.3, forward secrecy and AEAD only. */
    INTERMEDIATE,
    /** Neither; version 6.0 has no third one. */
    BELOW_INTERMEDIATE
  }

  public Grade {
    reasons = List.copyOf(reasons);
    notes = List.copyOf(notes);
  }
}
