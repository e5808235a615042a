package org.milvustls.bench.jmh;

/**
 * Ends the JVM of a fork as soon as its main thread has sent all results. Otherwise the JVM waits
 * for shared threads of Netty and gRPC, which are not daemons and stay for a second after the last
 * connection.
 */
final class ForkExit {
  private static final long MAIN = 1;

  private ForkExit() {}

  static void whenMainEnds() {
    Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getId() == MAIN)
        .findFirst()
        .ifPresent(ForkExit::exitAfter);
  }

  private static void exitAfter(Thread main) {
    Thread watch =
        new Thread(
            () -> {
              try {
                main.join();
                System.exit(0);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "fork-exit");
    watch.setDaemon(true);
    watch.start();
  }
}
