package org.milvustls.milvus;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A published weakness of Milvus that TLS does not mend. Only those are here whose affected
 * versions could be read in a public database: GitHub's advisories, and the Go vulnerability
 * database. That none is named does not mean that there is none.
 *
 * @param cve its number
 * @param ghsa its number at GitHub
 * @param what it lets others do, and how far it reaches
 * @param fixedPatch for each release line of Milvus 2 from 2.3 on that is affected, the first patch
 *     level without it; none: the line was never mended
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

  /** Those that concern this version; of one without a patch level, those of any of its patches. */
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
