package org.milvustls.bench.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/** The CPU use of this JVM and each of its threads at one moment. */
final class ClientCpu {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final double machineBusy = Math.max(0, SYSTEM.getCpuLoad());
  private final long wallNanos = System.nanoTime();
  private final long processNanos = SYSTEM.getProcessCpuTime();
  private final Map<Long, Long> threadNanos = new HashMap<>();

  private ClientCpu() {
    for (long id : THREADS.getAllThreadIds()) {
      threadNanos.put(id, THREADS.getThreadCpuTime(id));
    }
  }

  /**
   * CPU between two moments.
   *
   * @param cores of the whole process, its compiler and collector too; 1 is a core
   * @param machineBusy share of all cores in use by any process; 1 is all of them
   * @param busiestThread CPU of the busiest Java thread; 1 is all of a core
   */
  record Use(double cores, double machineBusy, double busiestThread) {}

  static ClientCpu now() {
    return new ClientCpu();
  }

  Use since(ClientCpu before) {
    double wall = Math.max(1, wallNanos - before.wallNanos);
    double busiest =
        threadNanos.entrySet().stream()
            .mapToLong(
                thread -> thread.getValue() - before.threadNanos.getOrDefault(thread.getKey(), 0L))
            .max()
            .orElse(0);
    return new Use((processNanos - before.processNanos) / wall, machineBusy, busiest / wall);
  }
}
