package org.milvustls.client;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.milvustls.tls.ConnectStep;
import org.milvustls.tls.HandshakeParser;
import org.milvustls.tls.PeerProbe.Language;

/**
 * The observations of one TCP connection of a channel. The connection's event loop writes them, any
 * thread reads them: every field is volatile, and the parser is published again after each use.
 */
final class ConnectAttempt {
  private final long startNanos;
  private final Instant startedAt;
  private volatile long tcpNanos;
  private volatile long tlsNanos;
  private volatile long settingsNanos;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable HandshakeParser wire;
  private volatile @Nullable Handshake handshake;
  private volatile @Nullable Language language;

  /** The facts of the TLS handler at the end of the handshake. */
  record Handshake(String engine, SSLSession session, Optional<String> alpn) {}

  ConnectAttempt(long startNanos, Instant startedAt) {
    this.startNanos = startNanos;
    this.startedAt = startedAt;
  }

  void tcpConnected() {
    tcpNanos = System.nanoTime();
  }

  void wire(HandshakeParser parser) {
    wire = parser;
  }

  void tlsFinished(Handshake done) {
    tlsNanos = System.nanoTime();
    handshake = done;
  }

  void settingsReceived() {
    settingsNanos = System.nanoTime();
  }

  /** The first failure is the cause, later ones follow from it. */
  void failed(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  void heard(Language spoken) {
    language = spoken;
  }

  /** The protocol of the server's answer to plaintext. */
  Optional<Language> language() {
    return Optional.ofNullable(language);
  }

  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  Optional<HandshakeParser> wire() {
    return Optional.ofNullable(wire);
  }

  Optional<Handshake> handshake() {
    return Optional.ofNullable(handshake);
  }

  Instant startedAt() {
    return startedAt;
  }

  boolean isReady() {
    return settingsNanos != 0;
  }

  /** The current step. */
  ConnectStep step() {
    if (settingsNanos != 0) {
      return ConnectStep.RPC;
    }
    if (tlsNanos != 0) {
      return ConnectStep.HTTP2;
    }
    return tcpNanos == 0 ? ConnectStep.TCP : ConnectStep.TLS;
  }

  ConnectTimings timings(long firstCallNanos) {
    return new ConnectTimings(
        since(tcpNanos),
        tlsNanos == 0 ? Optional.empty() : Optional.of(since(tlsNanos)),
        since(settingsNanos),
        since(firstCallNanos));
  }

  /** Duration of each completed step. */
  Map<ConnectStep, Duration> passed() {
    Map<ConnectStep, Duration> passed = new EnumMap<>(ConnectStep.class);
    took(passed, ConnectStep.TCP, startNanos, tcpNanos);
    took(passed, ConnectStep.TLS, tcpNanos, tlsNanos);
    took(passed, ConnectStep.HTTP2, tlsNanos == 0 ? tcpNanos : tlsNanos, settingsNanos);
    return passed;
  }

  private static void took(
      Map<ConnectStep, Duration> passed, ConnectStep step, long from, long until) {
    if (until != 0) {
      passed.put(step, Duration.ofNanos(until - from));
    }
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(nanos - startNanos);
  }
}
