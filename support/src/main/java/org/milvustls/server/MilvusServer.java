package org.milvustls.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.milvustls.tls.TlsMode;

/**
 * A running Milvus that answers. Made by {@link MilvusServers#start}; closing it stops it for
 * certain, and so does the end of this JVM.
 */
public sealed interface MilvusServer extends AutoCloseable
    permits EmbeddedMilvus, ContainerMilvus, ExternalMilvus {

  /** Where it runs; never {@link ServerKind#AUTO}. */
  ServerKind kind();

  /** How its listener authenticates. */
  TlsMode mode();

  /** Host to connect to. */
  String host();

  /** Port of gRPC. */
  int port();

  /** Port of the REST API, which follows {@link #mode()}; never the port of gRPC. */
  OptionalInt restPort();

  /**
   * Port of {@code /healthz} and the metrics. Milvus has no TLS there in any version, and it tells
   * the collections to whoever asks.
   */
  OptionalInt metricsPort();

  /** Version of Milvus such as {@code 2.3.5}, where it is known. */
  Optional<String> version();

  /** From start to ready, of the last start; empty for a server that others started. */
  Optional<Duration> timeToReady();

  /** CPU time, user and system, of the server's process since its last start, where it is seen. */
  Optional<Duration> cpuTime();

  /** Id of the server's process as this machine sees it, where it is seen. */
  OptionalLong pid();

  /** A shell command that shows and follows the log; empty for an external server. */
  Optional<String> logCommand();

  /** The last lines of its log, at most {@code lines}; empty for an external server. */
  List<String> logTail(int lines);

  /**
   * Ends the server as a crash would (SIGKILL) and starts it again on the same data and ports; it
   * is ready when this returns. An external server cannot be restarted: a usage error.
   */
  void restart();

  /** Whether the process runs; for an external server, whether its port answers. */
  boolean isAlive();

  /**
   * Stops it at once: SIGKILL, since Milvus may take half an hour over SIGTERM ({@code
   * common.gracefulStopTimeout}) and recovers from its log. Throw-away data is deleted. May be
   * called twice. Leaves an external server alone.
   */
  @Override
  void close();
}
