package org.milvustls.milvus;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A published vulnerability of Milvus that TLS does not fix. The list contains only those with
 * affected versions in a public database: GitHub's advisories, or the Go vulnerability database. An
 * empty list does not mean that there is none.
 *
 * @param cve its number
 * @param ghsa its number at GitHub
 * @param what impact and scope
 * @param fixedPatch for each affected release line of Milvus 2 from 2.3 on, the first fixed patch
 *     level; none: never fixed in that line
 */
public record Advisory(String cve, String ghsa, String what, Map<Integer, OptionalInt> fixedPatch) {
  /** GO-2025-4114: before 2.4.24; from 2.5.0 before 2.5.21; from 2.6.0 before 2.6.5. */
  private static final Advisory PROXY_BYPASS =
      new Advisory(
          "CVE-2025-64513",
          "GHSA-mhjq-8c7m-3f7p",
          "whoever reaches the gRPC or REST port gets in without a password",
          Map.of(
              3, OptionalInt.empty(),
              4, OptionalInt.of(24),
              5, OptionalInt.of(21),
              6, OptionalInt.of(5)));

  /** Before 2.5.27; from 2.6.0 before 2.6.10. */
  private static final Advisory METRICS_PORT =
      new Advisory(
          "CVE-2026-26190",
          "GHSA-7ppg-37fh-vcr6",
          "whoever reaches the metrics port (9091) may read and change everything without a password",
          Map.of(
              3, OptionalInt.empty(),
              4, OptionalInt.empty(),
              5, OptionalInt.of(27),
              6, OptionalInt.of(10)));

  private static final List<Advisory> KNOWN = List.of(PROXY_BYPASS, METRICS_PORT);

  public Advisory {
    Objects.requireNonNull(cve, "cve");
    Objects.requireNonNull(ghsa, "ghsa");
    Objects.requireNonNull(what, "what");
    fixedPatch = Map.copyOf(fixedPatch);
  }

  /** The advisories for this version; without a patch level, those for any of its patches. */
  public static List<Advisory> of(MilvusVersion version) {
    return KNOWN.stream().filter(advisory -> advisory.concerns(version)).toList();
  }

  private boolean concerns(MilvusVersion version) {
    if (version.major() != 2 || !fixedPatch.containsKey(version.minor())) {
      return false;
    }
    OptionalInt fixed = fixedIn(version);
    return fixed.isEmpty()
        || version.patch().isEmpty()
        || version.patch().getAsInt() < fixed.getAsInt();
  }

  private OptionalInt fixedIn(MilvusVersion version) {
    return Objects.requireNonNull(fixedPatch.get(version.minor()), "a line that is concerned");
  }

  /** One line for a reader who runs this version. */
  public String line(MilvusVersion version) {
    OptionalInt fixed = fixedIn(version);
    String mended =
        fixed.isPresent()
            ? "fixed in " + version.major() + "." + version.minor() + "." + fixed.getAsInt()
            : "not fixed in " + version.major() + "." + version.minor() + ": upgrade";
    String who =
        version.patch().isEmpty() && fixed.isPresent()
            ? "some releases of Milvus " + version
            : "Milvus " + version;
    return cve + " concerns " + who + ": " + what + "; " + mended + " (" + ghsa + ")";
  }
}
