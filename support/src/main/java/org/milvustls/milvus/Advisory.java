package org.milvustls.milvus;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A published weakness of a release line of Milvus that TLS does not mend. Only those are here
 * whose affected versions could be read in a public database: GitHub's advisories, and the Go
 * vulnerability database. That none is named does not mean that there is none.
 *
 * @param cve its number
 * @param ghsa its number at GitHub
 * @param what it lets others do, and how far it reaches
 * @param fixedPatch the first patch level of the line without it; null: the line was never mended
 */
public record Advisory(String cve, String ghsa, String what, @Nullable Integer fixedPatch) {
  public Advisory {
    Objects.requireNonNull(cve, "cve");
    Objects.requireNonNull(ghsa, "ghsa");
    Objects.requireNonNull(what, "what");
  }

  /** The advisories for this version; without a patch level, those for any of its patches. */
  public static List<Advisory> of(MilvusVersion version) {
    return version.release().advisories().stream()
        .filter(advisory -> advisory.concerns(version))
        .toList();
  }

  private boolean concerns(MilvusVersion version) {
    return fixedPatch == null
        || version.patch().isEmpty()
        || version.patch().getAsInt() < fixedPatch;
  }

  /** One line for a reader who runs this version. */
  public String line(MilvusVersion version) {
    String mended =
        fixedPatch == null
            ? "not fixed in " + version.line() + ": upgrade"
            : "fixed in " + version.line() + "." + fixedPatch;
    String who =
        version.patch().isEmpty() && fixedPatch != null
            ? "some releases of Milvus " + version
            : "Milvus " + version;
    return cve + " concerns " + who + ": " + what + "; " + mended + " (" + ghsa + ")";
  }
}
