package org.milvustls.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/**
 * Names a process for good: its host (an engine may serve several), its pid, and the time of its
 * start, since pids are used again.
 *
 * @param host name of the machine or container that the process runs in
 * @param pid its id there
 * @param start milliseconds since the epoch; 0 where the system does not tell
 */
record ProcessIdentity(String host, long pid, long start) {
  static ProcessIdentity ofThisJvm() {
    return new ProcessIdentity(
        hostName(), ProcessHandle.current().pid(), startOf(ProcessHandle.current()));
  }

  /** Reads what {@link #toString()} wrote; anything else names no process of this host. */
  static ProcessIdentity parse(String text) {
    String[] parts = text.split("[|]", 3);
    try {
      return new ProcessIdentity(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
      return new ProcessIdentity("", 0, 0);
    }
  }

  /** Whether it ran on this host and does no more; of another host nothing can be said. */
  boolean hasEnded() {
    return host.equals(hostName())
        && ProcessHandle.of(pid).filter(process -> startOf(process) == start).isEmpty();
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  @Override
  public String toString() {
    return host + "|" + pid + "|" + start;
  }
}
