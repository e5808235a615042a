package org.milvustls.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.milvustls.milvus.Link;
import org.milvustls.milvus.Link.Protection;
import org.milvustls.tls.NegotiatedSession;
import org.milvustls.tls.PeerProbe;
import org.milvustls.tls.PeerProbe.Language;

/** Finds the links of a Milvus, as far as a client can see them. */
final class LinksSeen {
  private static final int METRICS_PORT = 9091;
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final String HIDDEN = "not visible to a client: run 'milvus-tls config check'";

  private LinksSeen() {}

  static List<Link> of(ConnectionSettings settings, Optional<NegotiatedSession> negotiated) {
    return List.of(
        negotiated
            .map(got -> new Link("client (gRPC)", Protection.ENCRYPTED, got.protocol()))
            .orElse(new Link("client (gRPC)", Protection.PLAINTEXT, "anybody on the way reads it")),
        hidden("REST"),
        metrics(settings),
        hidden("internal (between components)"),
        hidden("etcd"),
        hidden("object store"),
        hidden("message queue"));
  }

  /** Probes the usual metrics port from here, twice at most. */
  private static Link metrics(ConnectionSettings settings) {
    boolean answers =
        PeerProbe.ask(settings.host(), METRICS_PORT, LIMIT) == Language.HTTP1_PLAINTEXT;
    return new Link(
        "metrics, health, management",
        Protection.PLAINTEXT,
        answers
            ? "warning: port 9091 answers from here, and lists the collections to whoever asks"
            : "no TLS in any version; port 9091 does not answer from here");
  }

  private static Link hidden(String name) {
    return new Link(name, Protection.UNKNOWN, HIDDEN);
  }
}
