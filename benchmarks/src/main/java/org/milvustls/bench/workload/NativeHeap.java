package org.milvustls.bench.workload;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Structure;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The memory that this process has allocated with {@code malloc} and not freed, as glibc counts it
 * (mallinfo2(3), since glibc 2.33, all arenas together). Libraries in C allocate there. The JVM's
 * own allocations are included, so only differences over a quiet moment are meaningful.
 */
final class NativeHeap {
  private static final Optional<Libc> LIBC = load();
  private static final int LOOKS = 50;
  private static final long PAUSE_NANOS = 2_000_000;

  /** Tolerance in bytes; more than the readings themselves allocate. */
  private static final long SAME = 1024;

  private NativeHeap() {}

  /** The C library functions in use. */
  interface Libc extends Library {
    Mallinfo2.ByValue mallinfo2();
  }

  /** The structure of malloc.h; each field is a {@code size_t}. */
  @Structure.FieldOrder({
    "arena",
    "ordblks",
    "smblks",
    "hblks",
    "hblkhd",
    "usmblks",
    "fsmblks",
    "uordblks",
    "fordblks",
    "keepcost"
  })
  public static class Mallinfo2 extends Structure {
    public NativeLong arena = new NativeLong();
    public NativeLong ordblks = new NativeLong();
    public NativeLong smblks = new NativeLong();
    public NativeLong hblks = new NativeLong();

    /** Bytes in blocks of their own. */
    public NativeLong hblkhd = new NativeLong();

    public NativeLong usmblks = new NativeLong();
    public NativeLong fsmblks = new NativeLong();

    /** Bytes in use in the arenas. */
    public NativeLong uordblks = new NativeLong();

    public NativeLong fordblks = new NativeLong();
    public NativeLong keepcost = new NativeLong();

    /** As the function returns it. */
    public static final class ByValue extends Mallinfo2 implements Structure.ByValue {}
  }

  private static Optional<Libc> load() {
    try {
      Libc libc = Native.load("c", Libc.class);
      libc.mallinfo2();
      return Optional.of(libc);
    } catch (LinkageError e) {
      // Another C library, or an older one.
      return Optional.empty();
    }
  }

  /** Bytes in use now; absent where the C library does not report them. */
  static Optional<Long> bytesInUse() {
    return LIBC.map(
        libc -> {
          Mallinfo2 info = libc.mallinfo2();
          return info.uordblks.longValue() + info.hblkhd.longValue();
        });
  }

  /**
   * The same at a quiet moment, without allocations by other threads, such as a compiler of the
   * JVM. Reads until two readings in a row agree within the tolerance, for about 0.1 s at most.
   */
  static Optional<Long> bytesInUseWhenQuiet() {
    return bytesInUse().map(NativeHeap::whenQuiet);
  }

  private static long whenQuiet(long first) {
    long last = first;
    for (int look = 0; look < LOOKS; look++) {
      LockSupport.parkNanos(PAUSE_NANOS);
      long now = bytesInUse().orElse(last);
      if (Math.abs(now - last) < SAME) {
        return now;
      }
      last = now;
    }
    return last;
  }
}
