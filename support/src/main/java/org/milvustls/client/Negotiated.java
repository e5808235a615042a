package org.milvustls.client;

import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.milvustls.tls.HandshakeParser;
import org.milvustls.tls.NegotiatedSession;
import org.milvustls.tls.ServerHello;

/** Combines the data of the session with the data read on the wire. */
final class Negotiated {
  private Negotiated() {}

  static Optional<NegotiatedSession> of(ConnectAttempt attempt) {
    return attempt.handshake().map(done -> of(done, attempt.wire()));
  }

  private static NegotiatedSession of(
      ConnectAttempt.Handshake done, Optional<HandshakeParser> wire) {
    SSLSession session = done.session();
    Optional<ServerHello> hello = wire.flatMap(HandshakeParser::serverHello);
    return new NegotiatedSession(
        done.engine().contains("OpenSsl")
            ? BundledBoringSsl.describe()
            : "JDK " + Runtime.version() + " SunJSSE",
        session.getProtocol(),
        session.getCipherSuite(),
        hello.flatMap(ServerHello::namedGroup),
        wire.map(HandshakeParser::helloRetryRequest),
        hello.map(ServerHello::resumed).orElse(false),
        done.alpn(),
        peerKey(session));
  }

  private static Optional<String> peerKey(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length == 0 ? Optional.empty() : Optional.of(name(chain[0].getPublicKey()));
    } catch (SSLPeerUnverifiedException none) {
      return Optional.empty();
    }
  }

  static List<X509Certificate> peerChain(ConnectAttempt attempt) {
    Optional<SSLSession> session = attempt.handshake().map(ConnectAttempt.Handshake::session);
    try {
      return session.isEmpty()
          ? List.of()
          : Arrays.stream(session.get().getPeerCertificates())
              .map(X509Certificate.class::cast)
              .toList();
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }

  private static String name(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return "RSA " + rsa.getModulus().bitLength();
    }
    if (key instanceof ECPublicKey ec) {
      int bits = ec.getParams().getCurve().getField().getFieldSize();
      return "EC secp" + bits + "r1";
    }
    return key.getAlgorithm();
  }
}
