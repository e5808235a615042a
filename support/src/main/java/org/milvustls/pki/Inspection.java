package org.milvustls.pki;

import java.util.List;
import java.util.Objects;

/**
 * The inspection of one source: a file, an entry of a key store, or a served chain.
 *
 * @param source name of the source
 * @param chain the certificates in their order there
 * @param notes facts beside the certificates, such as whether the key was checked
 * @param findings the problems; empty: none
 */
public record Inspection(
    String source,
    List<CertificateFacts> chain,
    List<String> notes,
    List<CertificateFinding> findings) {
  public Inspection {
    Objects.requireNonNull(source, "source");
    chain = List.copyOf(chain);
    notes = List.copyOf(notes);
    findings = List.copyOf(findings);
  }
}
