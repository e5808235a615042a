package org.milvustls.milvus;

import java.util.List;
import java.util.Objects;

/**
 * The real effect of a configuration, with findings.
 *
 * @param effect one sentence, such as "serves plaintext: common.security.tlsMode is not set"
 * @param findings problems, errors first
 * @param notChecked parts that could not be checked, with the reason
 * @param links each link of the server, with its protection
 * @param advisories published vulnerabilities of the version
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
