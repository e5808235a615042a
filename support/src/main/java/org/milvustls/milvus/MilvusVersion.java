package org.milvustls.milvus;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milvustls.MilvusTlsException;

/**
 * A release line of Milvus, with its patch level where known.
 *
 * @param major 2 or 3
 * @param minor such as 6
 * @param patch such as 16; empty: any
 */
public record MilvusVersion(int major, int minor, OptionalInt patch) {
  private static final Pattern FORM =
      Pattern.compile("v?(\\d{1,3})\\.(\\d{1,3})(?:\\.(\\d{1,4}).*)?");
  private static final String KNOWN = "2.3 to 2.6 and 3.0, with or without a patch level";

  public MilvusVersion {
    Objects.requireNonNull(patch, "patch");
  }

  /** Reads {@code 2.6}, {@code 2.6.16} or {@code v2.3.5-lite}; other lines are a usage error. */
  public static MilvusVersion of(String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      MilvusVersion version =
          new MilvusVersion(
              Integer.parseInt(form.group(1)),
              Integer.parseInt(form.group(2)),
              form.group(3) == null
                  ? OptionalInt.empty()
                  : OptionalInt.of(Integer.parseInt(form.group(3))));
      if (version.isKnown()) {
        return version;
      }
    }
    throw MilvusTlsException.usage("unknown version of Milvus").seen(text).allowed(KNOWN).build();
  }

  /** The version that a server reports; empty for a build outside the known releases. */
  public static Optional<MilvusVersion> find(String text) {
    try {
      return Optional.of(of(text));
    } catch (MilvusTlsException notOneOfThem) {
      return Optional.empty();
    }
  }

  private boolean isKnown() {
    return (major == 2 && minor >= 3 && minor <= 6) || (major == 3 && minor == 0);
  }

  /** Whether this line is that one or a later one. */
  public boolean isAtLeast(int otherMajor, int otherMinor) {
    return major > otherMajor || (major == otherMajor && minor >= otherMinor);
  }

  @Override
  public String toString() {
    return major + "." + minor + (patch.isPresent() ? "." + patch.getAsInt() : "");
  }
}
