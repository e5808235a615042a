package org.milvustls.scan;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.CertificateInspector;
import org.milvustls.pki.HostName;
import org.milvustls.pki.Inspection;
import org.milvustls.scan.ScanReport.ClientCertificate;
import org.milvustls.tls.ClientCertificateRequest;
import org.milvustls.tls.Identity;
import org.milvustls.tls.PeerProbe;
import org.milvustls.tls.ServedChain;

/**
 * Scans one TLS listener: the parameters that it accepts in each version, its certificate, and its
 * policy for client certificates. Sends real ClientHellos and reads the unencrypted answer, one
 * connection at a time. Makes three or four full handshakes of the JDK.
 *
 * <pre>{@code
 * ScanReport report = new TlsScanner(Clock.systemUTC()).scan(ScanTarget.of("127.0.0.1", 19530));
 * report.protocols().get(0).cipherSuites();   // of TLS 1.3
 * report.grade().level();
 * }</pre>
 *
 * <p>A signature scheme counts as accepted when the server sends its first answer. A server that
 * chooses its signature later (JSSE in TLS 1.3) may still fail.
 */
public final class TlsScanner {
  private final Clock clock;

  public TlsScanner(Clock clock) {
    this.clock = clock;
  }

  /**
   * Scans a target.
   *
   * @throws MilvusTlsException when there is no listener, or when it does not use TLS
   */
  public ScanReport scan(ScanTarget target) {
    Instant at = clock.instant();
    long start = System.nanoTime();
    String name = target.host() + ":" + target.port();
    HostName host = HostName.of(target.serverName());
    Probe probe = new Probe(target.host(), target.port(), target.limit(), target.connections());
    List<ProtocolScan> protocols = new ArrayList<>();
    for (Protocol protocol : Protocol.values()) {
      if (!probe.isStuck()) {
        protocols.add(new ProtocolProbe(probe, protocol, serverName(host)).run());
      }
    }
    if (protocols.stream().noneMatch(ProtocolScan::accepted)) {
      throw noTls(target, name, protocols, probe.isStuck());
    }
    ServedChain served = served(target, host, target.client());
    Inspection certificate =
        CertificateInspector.withClock(clock)
            .trusting(target.trustAnchors())
            .served(name, host, served.chain(), served.refusal());
    boolean complete = !probe.isExhausted();
    return new ScanReport(
        name,
        at,
        protocols,
        served.alpn(),
        demand(target, host, served),
        served.request().map(ClientCertificateRequest::acceptedIssuers).orElse(List.of()),
        ServedChain.resumes(
            target.host(), target.port(), host.value(), target.client(), target.limit()),
        certificate,
        ScanFindings.of(protocols, served.alpn(), certificate, complete),
        MozillaGuidelines.grade(protocols, certificate.chain().get(0)),
        complete,
        probe.connections(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private static Optional<String> serverName(HostName host) {
    return host.kind() != HostName.Kind.DNS ? Optional.empty() : Optional.of(host.value());
  }

  private static ServedChain served(ScanTarget target, HostName host, Optional<Identity> client) {
    try {
      return ServedChain.capture(
          target.host(), target.port(), host.value(), client, target.limit());
    } catch (MilvusTlsException e) {
      throw MilvusTlsException.failure(
              "the listener accepts TLS, but the JDK cannot shake hands with it")
          .seen(String.valueOf(e.getMessage()))
          .next("scan with another JDK, or look at the listener's certificate")
          .cause(e)
          .build();
    }
  }

  /** Determines the policy. Only a client without a certificate can detect that one is required. */
  private static ClientCertificate demand(ScanTarget target, HostName host, ServedChain served) {
    if (served.request().isEmpty()) {
      return ClientCertificate.NOT_ASKED;
    }
    ServedChain without =
        target.client().isEmpty() ? served : served(target, host, Optional.empty());
    return without.refusal().isPresent() ? ClientCertificate.REQUIRED : ClientCertificate.ASKED;
  }

  private static MilvusTlsException noTls(
      ScanTarget target, String name, List<ProtocolScan> protocols, boolean stuck) {
    String what =
        switch (PeerProbe.ask(target.host(), target.port(), target.limit())) {
          case HTTP2_PLAINTEXT -> "the listener speaks HTTP/2 in plaintext, as Milvus without TLS";
          case HTTP1_PLAINTEXT ->
              "the listener speaks HTTP/1 in plaintext, as Milvus on its REST and metrics ports";
          case OTHER -> "the listener does not speak TLS";
          case NOTHING ->
              stuck
                  ? "the listener says nothing, neither to TLS nor to plaintext"
                  : "the listener closes the connection without a word, to TLS and to plaintext";
          case TLS ->
              stuck
                  ? "the listener begins to answer in TLS and does not end within "
                      + target.limit().toMillis()
                      + " ms"
                  : "the listener refuses every version: "
                      + protocols.get(0).refusal().orElse("without a reason");
        };
    return MilvusTlsException.failure(what)
        .seen(name)
        .next("scan the gRPC port of a Milvus whose common.security.tlsMode is 1 or 2")
        .build();
  }
}
