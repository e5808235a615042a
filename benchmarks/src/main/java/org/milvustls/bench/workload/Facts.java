package org.milvustls.bench.workload;

import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.HandshakeParser;
import org.milvustls.tls.NegotiatedSession;
import org.milvustls.tls.ServerHello;
import org.milvustls.tls.TlsProtocol;

/** Compares the negotiated session with the cell. */
final class Facts {
  private static final String ALPN = "h2";

  private Facts() {}

  /** Throws at the first difference, with the requested and the negotiated value. */
  static void require(Cell cell, NegotiatedSession seen) {
    Cell.Tls tls = cell.tls().orElseThrow();
    if (!ClientLibraries.of(tls.provider()).isNamed(seen.provider())) {
      throw differs(cell, "provider", tls.provider().title(), seen.provider());
    }
    same(cell, "protocol", tls.protocol().jsseName(), seen.protocol());
    same(cell, "cipher suite", tls.ianaCipherSuite(), seen.cipherSuite());
    // A resumed handshake of TLS 1.2 exchanges no keys (RFC 5246 section 7.3).
    boolean exchanged = tls.protocol() == TlsProtocol.TLS_1_3 || !tls.resumption().resumes();
    same(
        cell,
        "named group",
        exchanged ? tls.namedGroup().id() : "none seen",
        seen.namedGroup().orElse("none seen"));
    same(cell, "key of the server", keyName(tls.keyType()), seen.peerKey().orElse("none seen"));
    same(cell, "handshake", kind(tls.resumption().resumes()), kind(seen.resumed()));
    same(cell, "ALPN", ALPN, seen.alpn().orElse("none"));
    same(
        cell,
        "HelloRetryRequest",
        "false",
        seen.helloRetryRequest().map(String::valueOf).orElse("not seen"));
  }

  /** The same for a connection that may be in plaintext. */
  static void requireMode(Cell cell, Optional<NegotiatedSession> seen) {
    if (cell.mode().isEncrypted() != seen.isPresent()) {
      throw differs(cell, "mode", cell.mode().id(), seen.isPresent() ? "TLS" : "plaintext");
    }
    seen.ifPresent(session -> require(cell, session));
  }

  /**
   * The negotiated session, from an engine and a reader of the wire.
   *
   * @param provider name and version of the client's implementation
   */
  static NegotiatedSession negotiated(String provider, SSLEngine engine, HandshakeParser wire) {
    SSLSession session = engine.getSession();
    Optional<ServerHello> hello = wire.serverHello();
    return new NegotiatedSession(
        provider,
        session.getProtocol(),
        session.getCipherSuite(),
        hello.flatMap(ServerHello::namedGroup),
        Optional.of(wire.helloRetryRequest()),
        hello.map(ServerHello::resumed).orElse(true),
        Optional.ofNullable(engine.getApplicationProtocol()),
        peerKey(session));
  }

  /** Checks the values that need no reader of the wire; cheap enough for every operation. */
  static void requireCheaply(Cell cell, SSLEngine engine) {
    Cell.Tls tls = cell.tls().orElseThrow();
    SSLSession session = engine.getSession();
    same(cell, "protocol", tls.protocol().jsseName(), session.getProtocol());
    same(cell, "cipher suite", tls.ianaCipherSuite(), session.getCipherSuite());
    same(cell, "ALPN", ALPN, String.valueOf(engine.getApplicationProtocol()));
  }

  /**
   * Checks resumption in the ServerHello, which shows an accepted session; no certificates follow
   * then.
   */
  static void requireResumption(Cell cell, Optional<ServerHello> seen) {
    same(
        cell,
        "handshake",
        kind(cell.tls().orElseThrow().resumption().resumes()),
        seen.map(hello -> kind(hello.resumed())).orElse("no ServerHello seen"));
  }

  /** Refuses two key shares: a TLS 1.3 client that sends two generates one of them in vain. */
  static void requireNoWastedKey(Cell cell, HandshakeParser wire) {
    Cell.Tls tls = cell.tls().orElseThrow();
    if (tls.protocol() == TlsProtocol.TLS_1_3) {
      same(
          cell,
          "key shares",
          tls.namedGroup().id(),
          wire.clientHello()
              .map(hello -> String.join(", ", hello.keyShares()))
              .orElse("none seen"));
    }
  }

  private static void same(Cell cell, String what, String asked, String seen) {
    if (!asked.equals(seen)) {
      throw differs(cell, what, asked, seen);
    }
  }

  static WorkloadException differs(Cell cell, String what, String asked, String seen) {
    return new WorkloadException(cell + ": " + what + " asked: " + asked + ", negotiated: " + seen);
  }

  private static String kind(boolean resumed) {
    return resumed ? "resumed" : "full";
  }

  private static String keyName(KeyType type) {
    return switch (type) {
      case ECDSA_P256 -> "EC secp256r1";
      case ECDSA_P384 -> "EC secp384r1";
      case ED25519 -> "EdDSA";
      case RSA_2048 -> "RSA 2048";
      case RSA_3072 -> "RSA 3072";
      case RSA_4096 -> "RSA 4096";
    };
  }

  /** Type of the key of the peer's leaf, as {@link NegotiatedSession#peerKey()} has it. */
  static Optional<String> peerKey(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length == 0 ? Optional.empty() : Optional.of(name(chain[0].getPublicKey()));
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  private static String name(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return "RSA " + rsa.getModulus().bitLength();
    }
    if (key instanceof ECPublicKey ec) {
      return "EC secp" + ec.getParams().getCurve().getField().getFieldSize() + "r1";
    }
    // Some providers name the curve: Ed25519.
    return key.getAlgorithm().startsWith("Ed") ? "EdDSA" : key.getAlgorithm();
  }
}
