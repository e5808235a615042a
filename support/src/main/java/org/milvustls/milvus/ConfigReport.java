package org.milvustls.milvus;

import java.util.List;
import java.util.Objects;

/**
 * What a configuration would really do.
 *
 * @param effect one sentence, such as "serves plaintext: common.security.tlsMode is not set"
 * @param findings what is wrong, errors first
 * @param notChecked what could not be looked at, and why
 * @param links each link of the server, and what protects it
 * @param advisories published weaknesses of the version
 */
public record ConfigReport(
    String effect,
    List<ConfigFinding> findings,
    List<String> notChecked,
    List<Link> links,
    List<Advisory> advisories) {
  public ConfigReport {
    Objects.requireNonNull(effect, "effect");
    findings = List.copyOf(findings);
    notChecked = List.copyOf(notChecked);
    links = List.copyOf(links);
    advisories = List.copyOf(advisories);
  }
}
