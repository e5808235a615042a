package org.milvustls.client;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.milvustls.tls.CertificateNames;
import org.milvustls.tls.ClientCertificateRequest;
import org.milvustls.tls.ClientHello;
import org.milvustls.tls.NegotiatedSession;

/** Describes the negotiated session of a connection in words. */
final class PeerFacts {
  private PeerFacts() {}

  static String line(NegotiatedSession got) {
    return got.protocol()
        + ", "
        + got.cipherSuite()
        + got.namedGroup().map(group -> ", key exchange " + group).orElse("")
        + (got.resumed() ? ", resumed" : ", full handshake")
        + got.alpn().map(protocol -> ", ALPN " + protocol).orElse("");
  }

  static List<String> notes(SecureMilvus milvus, MilvusConnector connector, Clock clock) {
    List<String> notes = new ArrayList<>();
    milvus.offered().map(PeerFacts::offered).ifPresent(notes::add);
    List<X509Certificate> chain = milvus.peerChain();
    if (!chain.isEmpty()) {
      X509Certificate leaf = chain.get(0);
      notes.add(
          SettingsFacts.validity("server certificate", leaf, clock.instant())
              + milvus
                  .negotiated()
                  .flatMap(NegotiatedSession::peerKey)
                  .map(k -> ", " + k)
                  .orElse(""));
      notes.add("for " + String.join(", ", CertificateNames.of(leaf)));
      notes.add(
          "issued by '"
              + chain.get(chain.size() - 1).getIssuerX500Principal().getName()
              + "', "
              + chain.size()
              + " certificates sent");
    }
    notes.add(clientCertificate(connector.lastCertificateRequest()));
    return notes;
  }

  private static String offered(ClientHello hello) {
    return "offered "
        + String.join(", ", hello.protocols())
        + " with groups "
        + String.join(", ", hello.namedGroups())
        + hello
            .serverName()
            .map(name -> ", name " + name)
            .orElse(", no server name sent (addresses and names without a dot have none)");
  }

  private static String clientCertificate(Optional<ClientCertificateRequest> request) {
    return request
        .map(
            asked ->
                "client certificate "
                    + (asked.sent() ? "asked for and sent" : "asked for, none sent")
                    + (asked.acceptedIssuers().isEmpty()
                        ? ""
                        : "; accepted issuers: " + String.join("; ", asked.acceptedIssuers())))
        .orElse("client certificate not asked for");
  }
}
