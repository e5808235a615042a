package org.milvustls.scan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.milvustls.pki.Inspection;

/**
 * The report of a scan: the parameters that a listener accepts.
 *
 * @param target {@code HOST:PORT}
 * @param at when the scan began
 * @param protocols every offered version, newest first
 * @param alpn application protocol chosen when {@code h2} was offered; empty: none
 * @param clientCertificate whether the listener requires one
 * @param acceptedIssuers subjects of the CAs for client certificates; empty: any, or no request
 * @param resumes whether a second connection of the JDK resumed the session of the first; absent
 *     when the server rejected the client
 * @param certificate the served chain and its problems
 * @param findings the problems, worst first
 * @param grade against {@link Grade#GUIDELINES}
 * @param complete false when the limit of connections or time ended the scan early
 * @param connections number of connections
 * @param took time of the whole scan
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

  /** The listener's policy for client certificates. */
  public enum ClientCertificate {
    /** It requests none: one-way TLS. */
    NOT_ASKED,
    /** It requests one, but accepts clients without. */
    ASKED,
    /** It requests one, and refuses clients without: mutual TLS. */
    REQUIRED
  }

  public ScanReport {
    protocols = List.copyOf(protocols);
    acceptedIssuers = List.copyOf(acceptedIssuers);
    findings = List.copyOf(findings);
  }
}
