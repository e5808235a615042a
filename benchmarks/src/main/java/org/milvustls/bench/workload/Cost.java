package org.milvustls.bench.workload;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the CPU and heap use of this JVM's threads and of an arm's server. Only differences of two
 * readings count. It reads all Java threads: during an arm's burst no other arm works, and gRPC's
 * shared threads belong to no arm. Threads of the compiler and of the collector are not Java
 * threads and are not included.
 */
final class Cost {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Optional<ProcessHandle> server;

  Cost(Optional<Long> serverPid) {
    this.server = serverPid.flatMap(ProcessHandle::of);
  }

  /** CPU and heap use of each thread at one moment. */
  static final class Reading {
    private final long[] ids;
    private final long[] cpuNanos;
    private final long[] allocatedBytes;

    private Reading(long[] ids) {
      this.ids = ids;
      this.cpuNanos = THREADS.getThreadCpuTime(ids);
      this.allocatedBytes = THREADS.getThreadAllocatedBytes(ids);
    }

    /**
     * CPU and Java heap of all threads since an earlier reading; threads that have ended in between
     * are missing.
     */
    Workload.Use since(Reading before) {
      return new Workload.Use(
          growth(before.ids, before.cpuNanos, ids, cpuNanos),
          growth(before.ids, before.allocatedBytes, ids, allocatedBytes));
    }

    private static long growth(long[] idsBefore, long[] before, long[] idsNow, long[] now) {
      Map<Long, Long> earlier = new HashMap<>();
      for (int i = 0; i < idsBefore.length; i++) {
        earlier.put(idsBefore[i], before[i]);
      }
      long sum = 0;
      for (int i = 0; i < idsNow.length; i++) {
        sum += Math.max(0, now[i] - earlier.getOrDefault(idsNow[i], 0L));
      }
      return sum;
    }
  }

  static Reading threads() {
    return new Reading(THREADS.getAllThreadIds());
  }

  /**
   * The use of this process since its start: CPU, with that of its compiler and collector, and the
   * allocations of its live threads.
   */
  static Workload.Use ofThisProcess() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long allocated =
        Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
            .filter(bytes -> bytes > 0)
            .sum();
    return new Workload.Use(system.getProcessCpuTime(), allocated);
  }

  /** CPU that the calling thread has used in ns. */
  static long cpuNanosOfThisThread() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** Java heap that the calling thread has allocated in bytes. */
  static long allocatedBytesOfThisThread() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  /**
   * CPU of the server's process in ns, in steps of the kernel's clock tick (10 ms on Linux); absent
   * where not readable.
   */
  Optional<Long> serverCpuNanos() {
    return server.flatMap(process -> process.info().totalCpuDuration()).map(Duration::toNanos);
  }
}
