package org.milvustls.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/**
 * A permanent identity of a process: its host (an engine may serve several), its pid, and its start
 * time, because pids are reused.
 *
 * @param host name of the machine or container that the process runs in
 * @param pid process id on the host
 * @param start milliseconds since the epoch; 0 where unknown
 */
record ProcessIdentity(String host, long pid, long start) {
  static ProcessIdentity ofThisJvm() {
    return new ProcessIdentity(
        hostName(), ProcessHandle.current().pid(), startOf(ProcessHandle.current()));
  }

  /** Parses the text of {@link #toString()}; any other text identifies no process of this host. */
  static ProcessIdentity parse(String text) {
    String[] parts = text.split("[|]", 3);
    try {
      return new ProcessIdentity(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
      return new ProcessIdentity("", 0, 0);
    }
  }

  /** Whether it ran on this host and has ended; false for a process of another host. */
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
