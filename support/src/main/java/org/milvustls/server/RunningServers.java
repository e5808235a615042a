package org.milvustls.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The servers to stop when this JVM ends, also on Ctrl-C and SIGTERM. */
final class RunningServers {
  private static final Set<AutoCloseable> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(RunningServers::stopAll, "milvus-tls-stop-servers"));
  }

  private RunningServers() {}

  static void add(AutoCloseable server) {
    RUNNING.add(server);
  }

  static void remove(AutoCloseable server) {
    RUNNING.remove(server);
  }

  private static void stopAll() {
    RUNNING.parallelStream()
        .forEach(
            server -> {
              try {
                server.close();
              } catch (Exception e) {
                // The JVM ends: no caller can catch it, and the other servers must be stopped.
                System.err.println("a Milvus server could not be stopped: " + e.getMessage());
              }
            });
  }
}
