package org.milvustls.milvus;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milvustls.MilvusTlsException;

/**
 * A release line of Milvus, with its patch level where known.
 *
 * @param line such as {@code 2.6}
 * @param patch such as 16; empty: any
 */
public record MilvusVersion(String line, OptionalInt patch) {
  private static final Pattern FORM =
      Pattern.compile("v?(\\d{1,3}\\.\\d{1,3})(?:\\.(\\d{1,4}).*)?");

  public MilvusVersion {
    Objects.requireNonNull(patch, "patch");
    if (!MilvusRelease.all().containsKey(line)) {
      throw unknown(line);
    }
  }

  /** Reads {@code 2.6}, {@code 2.6.16} or {@code v2.3.5-lite}; other lines are a usage error. */
  public static MilvusVersion of(String text) {
    return find(text).orElseThrow(() -> unknown(text));
  }

  /** The version that a server says it is; empty for a build that is none of the known releases. */
  public static Optional<MilvusVersion> find(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || !MilvusRelease.all().containsKey(form.group(1))) {
      return Optional.empty();
    }
    OptionalInt patch =
        form.group(2) == null
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(form.group(2)));
    return Optional.of(new MilvusVersion(form.group(1), patch));
  }

  /** The known lines, oldest first. */
  public static List<String> lines() {
    return List.copyOf(MilvusRelease.all().keySet());
  }

  private static MilvusTlsException unknown(String text) {
    return MilvusTlsException.usage("unknown version of Milvus")
        .seen(text)
        .allowed(MilvusRelease.inWords(lines()) + ", with or without a patch level")
        .build();
  }

  MilvusRelease release() {
    return Objects.requireNonNull(MilvusRelease.all().get(line), line);
  }

  @Override
  public String toString() {
    return line + (patch.isPresent() ? "." + patch.getAsInt() : "");
  }
}
