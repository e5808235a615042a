package org.milvustls.scan;

import java.util.List;

/**
 * The best configuration of Mozilla's Server Side TLS recommendations that a listener satisfies.
 *
 * @param level the configuration
 * @param reasons differences from the next better one; empty for {@link Level#MODERN}
 * @param notes differences that are as strong as the recommendation and do not lower the level
 */
public record Grade(Level level, List<String> reasons, List<String> notes) {
  /** The applied recommendations. */
  public static final String GUIDELINES = "Mozilla Server Side TLS 6.0";

  /** Configurations, best first. */
  public enum Level {
    /** TLS 1.3 only. */
    MODERN,
    /** TLS 1.2 and 1.3, forward secrecy and AEAD only. */
    INTERMEDIATE,
    /** Neither of them; version 6.0 has no third one. */
    BELOW_INTERMEDIATE
  }

  public Grade {
    reasons = List.copyOf(reasons);
    notes = List.copyOf(notes);
  }
}
