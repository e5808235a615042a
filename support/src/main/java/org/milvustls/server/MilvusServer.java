package org.milvustls.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.milvustls.tls.TlsMode;

/**
 * A running Milvus that answers. {@link MilvusServers#start} makes it. It stops on close, and at
 * the end of this JVM.
 */
public sealed interface MilvusServer extends AutoCloseable
    permits EmbeddedMilvus, ContainerMilvus, ExternalMilvus {

  /** Where it runs; never {@link ServerKind#AUTO}. */
  ServerKind kind();

  /** Authentication mode of its listener. */
  TlsMode mode();

  /** Host to connect to. */
  String host();

  /** Port of gRPC. */
  int port();

  /** Port of the REST API, which follows {@link #mode()}; never the port of gRPC. */
  OptionalInt restPort();

  /**
   * Port of {@code /healthz} and the metrics. No version of Milvus has TLS there, and anyone who
   * reaches it can read the names of collections.
   */
  OptionalInt metricsPort();

  /** Version of Milvus such as {@code 2.3.5}, where known. */
  Optional<String> version();

  /** Time from start to ready, for the last start; empty for an external server. */
  Optional<Duration> timeToReady();

  /** CPU time, user and system, of the server's process since its last start, where visible. */
  Optional<Duration> cpuTime();

  /** Id of the server's process on this machine, where visible. */
  OptionalLong pid();

  /** A shell command that shows and follows the log; empty for an external server. */
  Optional<String> logCommand();

  /** The last lines of its log, at most {@code lines}; empty for an external server. */
  List<String> logTail(int lines);

  /**
   * Kills the server as in a crash (SIGKILL) and starts it again on the same data and ports. It is
   * ready when this returns. For an external server this is a usage error.
   */
  void restart();

  /** Whether the process runs; for an external server, whether its port answers. */
  boolean isAlive();

  /**
   * Stops it at once with SIGKILL, because Milvus may need half an hour after SIGTERM ({@code
   * common.gracefulStopTimeout}) and recovers from its log. Deletes temporary data. May be called
   * twice. Does nothing to an external server.
   */
  @Override
  void close();
}
