package org.milvustls.tls;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.milvustls.tls.HandshakeFailure.Reason;
import org.milvustls.tls.PeerProbe.Language;

/**
 * Finds the reason of a failure. Uses types of the JDK, messages of the JDK and BoringSSL, and
 * names of Netty's types, because there are two Nettys.
 */
final class FailureClassifier {
  private static final int LONGEST_CAUSE_CHAIN = 20;

  /** Alerts with which a server rejects the client's certificate, or its absence. */
  private static final Set<Integer> CERTIFICATE_ALERTS = Set.of(42, 43, 44, 45, 46, 48, 49, 116);

  private final HandshakeEvidence evidence;
  private final List<Throwable> causes = new ArrayList<>();

  FailureClassifier(Throwable thrown, HandshakeEvidence evidence) {
    this.evidence = evidence;
    for (Throwable t = thrown; t != null && causes.size() < LONGEST_CAUSE_CHAIN; t = t.getCause()) {
      causes.add(t);
    }
  }

  HandshakeFailure classify() {
    return rejectedChain()
        .or(this::unreachable)
        .or(this::wrongLanguage)
        .or(this::alert)
        .or(this::noCommonProtocol)
        .or(this::alpn)
        .or(this::clientCertificate)
        .or(this::timeout)
        .or(this::closed)
        .orElseGet(this::other);
  }

  private Optional<HandshakeFailure> rejectedChain() {
    return first(CertificateRejectedException.class)
        .map(rejected -> new ChainVerdict(rejected, evidence).explain());
  }

  private Optional<HandshakeFailure> unreachable() {
    if (first(UnknownHostException.class).isPresent() || said("unable to resolve host")) {
      return found(
          Reason.UNKNOWN_HOST,
          "The host of " + evidence.target() + " has no address.",
          "check the spelling of the host name and the DNS");
    }
    boolean refused =
        first(ConnectException.class)
            .map(e -> lower(e.getMessage()).contains("refused"))
            .orElse(false);
    return refused
        ? found(
            Reason.CONNECTION_REFUSED,
            "Nothing listens on " + evidence.target() + ": the connection was refused.",
            "check host and port (Milvus listens on 19530 by default) and that the server is up")
        : Optional.empty();
  }

  private Optional<HandshakeFailure> wrongLanguage() {
    if (!evidence.asked().mode().isEncrypted()) {
      boolean tls =
          evidence.language().map(Language.TLS::equals).orElse(false)
              || said("hex dump for first 5 bytes: 15030");
      return tls
          ? found(
              Reason.SERVER_SPEAKS_TLS,
              "The server on " + evidence.target() + " speaks TLS and was spoken to in plaintext.",
              "connect with TLS: mode 'server', or 'mutual' with a client certificate")
          : httpInstead(evidence.language());
    }
    Optional<byte[]> instead = evidence.wire().flatMap(HandshakeParser::notTls);
    Optional<Language> heard = instead.map(PeerProbe::language).or(evidence::language);
    Optional<HandshakeFailure> http = httpInstead(heard);
    if (http.isPresent()) {
      return http;
    }
    boolean plaintext =
        instead.isPresent()
            || heard.map(Language.HTTP2_PLAINTEXT::equals).orElse(false)
            || named("NotSslRecordException")
            || said("unsupported or unrecognized ssl message");
    return plaintext
        ? found(
            Reason.SERVER_SPEAKS_PLAINTEXT,
            "The server on "
                + evidence.target()
                + " does not speak TLS"
                + instead
                    .map(b -> " (its first bytes: " + HexFormat.of().formatHex(b) + ")")
                    .orElse("")
                + ".",
            "set common.security.tlsMode and the tls.* paths of Milvus ('milvus-tls config render'"
                + " shows how) and restart it; or check the port")
        : Optional.empty();
  }

  private Optional<HandshakeFailure> httpInstead(Optional<Language> heard) {
    return heard.map(Language.HTTP1_PLAINTEXT::equals).orElse(false)
        ? found(
            Reason.SERVER_SPEAKS_PLAINTEXT,
            "The listener on " + evidence.target() + " speaks HTTP/1 in plaintext, not gRPC.",
            "this may be the metrics port (9091), the REST port or a proxy: use the gRPC port,"
                + " 19530 by default")
        : Optional.empty();
  }

  private Optional<HandshakeFailure> alert() {
    Optional<TlsAlert> received =
        causes.stream()
            .map(Throwable::getMessage)
            .filter(message -> message != null)
            .map(TlsAlert::in)
            .flatMap(Optional::stream)
            .findFirst()
            .or(() -> evidence.wire().flatMap(HandshakeParser::alert));
    return received.flatMap(this::alertMeans);
  }

  private Optional<HandshakeFailure> alertMeans(TlsAlert alert) {
    if (CERTIFICATE_ALERTS.contains(alert.number())) {
      return Optional.of(clientCertificate(" and answered with the alert " + alert));
    }
    return switch (alert.number()) {
      case 70, 86 -> Optional.of(protocol("the server answered with the alert " + alert));
      case 40, 47, 71 ->
          evidence.certificateRequest().map(request -> !request.sent()).orElse(false)
              ? Optional.of(clientCertificate(" and answered with the alert " + alert))
              : found(
                  Reason.NO_COMMON_CIPHER_SUITE_OR_GROUP,
                  "No cipher suite, group or signature scheme in common: the server answered "
                      + offered()
                      + " with the alert "
                      + alert
                      + ".",
                  "ask for fewer restrictions; 'milvus-tls scan "
                      + evidence.target()
                      + "' shows what the server accepts");
      case 120 -> alpnRefused();
      case 112 ->
          found(
              Reason.NAME_MISMATCH,
              "The server knows no certificate for the name '" + evidence.serverName() + "'.",
              "give the name that the server is known by as server name");
      default -> Optional.empty();
    };
  }

  private Optional<HandshakeFailure> noCommonProtocol() {
    boolean protocol =
        said("no appropriate protocol")
            || said("is not accepted by client preferences")
            || said("unsupported_protocol")
            || said("wrong_version_number");
    return protocol ? Optional.of(protocol(String.valueOf(root().getMessage()))) : Optional.empty();
  }

  private HandshakeFailure protocol(String detail) {
    String asked =
        evidence.asked().protocols().isEmpty()
            ? "the provider's default versions"
            : evidence.asked().protocols().toString();
    return new HandshakeFailure(
        Reason.NO_COMMON_PROTOCOL,
        "No TLS version in common with "
            + evidence.target()
            + ": asked for "
            + asked
            + "; "
            + detail
            + ".",
        "ask for TLS 1.3 (Milvus in mutual mode accepts nothing else) or leave the version out");
  }

  private Optional<HandshakeFailure> alpn() {
    return said("failed alpn negotiation") ? alpnRefused() : Optional.empty();
  }

  private Optional<HandshakeFailure> alpnRefused() {
    return found(
        Reason.ALPN_REFUSED,
        "The server on " + evidence.target() + " speaks TLS and does not offer HTTP/2 (ALPN h2).",
        "this may be the HTTPS REST port or a proxy without HTTP/2: use the gRPC port");
  }

  /** A server that rejects a certificate may close the connection before its alert is read. */
  private Optional<HandshakeFailure> clientCertificate() {
    boolean judged =
        evidence.step() == ConnectStep.HTTP2 && evidence.certificateRequest().isPresent();
    return judged && isClosed()
        ? Optional.of(clientCertificate(" and closed the connection without a word"))
        : Optional.empty();
  }

  private HandshakeFailure clientCertificate(String detail) {
    return new ClientCertificateVerdict(evidence).explain(detail);
  }

  private Optional<HandshakeFailure> timeout() {
    boolean timedOut =
        named("SslHandshakeTimeoutException")
            || named("ConnectTimeoutException")
            || named("SocketTimeoutException")
            || first(TimeoutException.class).isPresent()
            || said("deadline_exceeded")
            || said("deadline exceeded");
    if (!timedOut) {
      return Optional.empty();
    }
    if (evidence.step() == ConnectStep.RESOLVE) {
      return found(
          Reason.TIMEOUT,
          "No answer to the lookup of the host of "
              + evidence.target()
              + " within "
              + evidence.limit().toMillis()
              + " ms.",
          "check the DNS servers of this machine, or connect to an address and give the server's"
              + " name");
    }
    boolean silent = evidence.wire().map(wire -> !wire.serverSpoke()).orElse(false);
    return found(
        Reason.TIMEOUT,
        "No answer from "
            + evidence.target()
            + " within "
            + evidence.limit().toMillis()
            + " ms at the step "
            + evidence.step().title()
            + (silent ? ": it accepted the connection and said nothing." : "."),
        "check that the server is up, that no firewall drops the packets, and the time limit");
  }

  private Optional<HandshakeFailure> closed() {
    return isClosed()
        ? found(
            Reason.CONNECTION_CLOSED,
            "The server, or something between, closed the connection to "
                + evidence.target()
                + " at the step "
                + evidence.step().title()
                + ".",
            "look into the log of the server; a proxy or firewall in between does this too")
        : Optional.empty();
  }

  private boolean isClosed() {
    return first(ClosedChannelException.class).isPresent()
        || first(IOException.class).map(e -> resets(lower(e.getMessage()))).orElse(false)
        || said("network closed for unknown reason")
        || said("connection closed")
        || said("closed before")
        || said("closing while")
        || said("end of io stream");
  }

  private static boolean resets(String message) {
    return message.contains("reset")
        || message.contains("broken pipe")
        || message.contains("abort");
  }

  private HandshakeFailure other() {
    Throwable root = root();
    return new HandshakeFailure(
        Reason.OTHER,
        "The connection to "
            + evidence.target()
            + " failed at the step "
            + evidence.step().title()
            + ": "
            + root.getClass().getSimpleName()
            + ": "
            + root.getMessage()
            + ".",
        "look into the log of the server");
  }

  private String offered() {
    return evidence
        .wire()
        .flatMap(HandshakeParser::clientHello)
        .map(
            hello -> "the offer of " + hello.cipherSuites() + " with groups " + hello.namedGroups())
        .orElse("what was offered");
  }

  private Throwable root() {
    return causes.get(causes.size() - 1);
  }

  private <T extends Throwable> Optional<T> first(Class<T> type) {
    return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  private boolean named(String simpleName) {
    return causes.stream().anyMatch(t -> t.getClass().getSimpleName().equals(simpleName));
  }

  private boolean said(String words) {
    return causes.stream().anyMatch(t -> lower(t.getMessage()).contains(words));
  }

  private static String lower(@Nullable String message) {
    return message == null ? "" : message.toLowerCase(Locale.ROOT);
  }

  private static Optional<HandshakeFailure> found(
      Reason reason, String explanation, String remedy) {
    return Optional.of(new HandshakeFailure(reason, explanation, remedy));
  }
}
