package org.milvustls.client;

import java.time.Duration;
import java.util.Optional;

/**
 * The end of each step of one connect, counted from its start. Read on the event loop at the moment
 * of the event; costs five readings of the clock.
 *
 * @param tcpConnected the TCP connection was open
 * @param tlsFinished the client's handshake was finished; empty in plaintext
 * @param settingsReceived the server's first application bytes, HTTP/2 SETTINGS, arrived; only then
 *     has a server in mutual mode accepted the client
 * @param firstCall the answer to the first call, Milvus {@code Connect}, arrived
 */
public record ConnectTimings(
    Duration tcpConnected,
    Optional<Duration> tlsFinished,
    Duration settingsReceived,
    Duration firstCall) {}
