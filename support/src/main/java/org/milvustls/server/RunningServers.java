package org.milvustls.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What has to be stopped when this JVM ends, on Ctrl-C and SIGTERM too. */
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
                // The JVM ends: nobody is left to catch it, but the others must be stopped.
                System.err.println("a Milvus server could not be stopped: " + e.getMessage());
              }
            });
  }
}
