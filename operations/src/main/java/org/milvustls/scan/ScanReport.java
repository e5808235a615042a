package org.milvustls.scan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.milvustls.pki.Inspection;

/**
 * What a listener accepts.
 *
 * @param target {@code HOST:PORT}
 * @param at when the scan began
 * @param protocols every version that was offered, newest first
 * @param alpn application protocol chosen when {@code h2} was offered; empty: none
 * @param clientCertificate whether one is demanded
 * @param acceptedIssuers subjects of the CAs whose client certificates are accepted; empty: any, or
 *     none is asked for
 * @param resumes whether a second connection of the JDK resumed the session of the first; absent
 *     when the client was not let in
 * @param certificate the chain that was served, and what is wrong with it
 * @param findings the problems, worst first
 * @param grade against {@link Grade#GUIDELINES}
 * @param complete false when the bound of connections or of time ended the scan before its end
 * @param connections how many were made
 * @param took the whole scan
 */
public record ScanReport(
    String target,
    Instant at,
    List<ProtocolScan> protocols,
    Optional<String> alpn,
    ClientCertificate clientCertificate,
    List<String> acceptedIssuers,
    Optional<Boolean> resumes,
    Inspection certificate,
    List<ScanFinding> findings,
    Grade grade,
    boolean complete,
    int connections,
    Duration took) {

  /** What a listener wants of clients. */
  public enum ClientCertificate {
    /** It asks for none: one-way TLS. */
    NOT_ASKED,
    /** It asks, and lets in who has none. */
    ASKED,
    /** It asks, and refuses who has none: mutual TLS. */
    REQUIRED
  }

  public ScanReport {
    protocols = List.copyOf(protocols);
    acceptedIssuers = List.copyOf(acceptedIssuers);
    findings = List.copyOf(findings);
  }
}
