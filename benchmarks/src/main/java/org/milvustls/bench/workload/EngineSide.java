package org.milvustls.bench.workload;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.milvustls.bench.workload.Workload.Use;

/**
 * One side of a handshake in memory, with reused buffers. The buffers are direct for BoringSSL and
 * on the heap for the JDK, as in Netty's own handler.
 */
final class EngineSide {
  /** Limit of steps. A handshake needs far fewer; more mean that an engine is stuck. */
  private static final int STEPS = 200;

  /** Room for several records of RFC 8446 section 5.1. */
  private static final int NETWORK = 4 * 18 * 1024;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final ByteBuffer in;
  private final ByteBuffer out;
  private final ByteBuffer application;
  private final Runnable enter;
  private final Runnable leave;
  private @Nullable SSLEngine engine;
  private boolean begun;
  private boolean fed;
  private long nanos;
  private long cpuNanos;
  private long allocatedBytes;

  /**
   * A side.
   *
   * @param direct kind of its buffers
   * @param enter called before, and {@code leave} after, each stretch of work, inside its time
   */
  EngineSide(boolean direct, Runnable enter, Runnable leave) {
    this.enter = enter;
    this.leave = leave;
    this.in = direct ? ByteBuffer.allocateDirect(NETWORK) : ByteBuffer.allocate(NETWORK);
    this.out = direct ? ByteBuffer.allocateDirect(NETWORK) : ByteBuffer.allocate(NETWORK);
    this.application = direct ? ByteBuffer.allocateDirect(NETWORK) : ByteBuffer.allocate(NETWORK);
  }

  /**
   * Starts again with a new engine. Its creation counts for this side.
   *
   * @return the new engine
   */
  SSLEngine begin(Supplier<SSLEngine> maker) {
    begun = false;
    fed = false;
    in.clear().limit(0);
    out.clear();
    application.clear();
    nanos = 0;
    cpuNanos = 0;
    allocatedBytes = 0;
    start();
    try {
      SSLEngine made = maker.get();
      engine = made;
      return made;
    } finally {
      stop();
    }
  }

  /** Runs until this side waits for the other or has finished. */
  void advance() throws SSLException {
    start();
    try {
      goOn();
    } finally {
      stop();
    }
  }

  /** A stretch of work of this side. CPU and heap are read outside its time. */
  private void start() {
    allocatedBytes -= Cost.allocatedBytesOfThisThread();
    cpuNanos -= Cost.cpuNanosOfThisThread();
    nanos -= System.nanoTime();
    enter.run();
  }

  private void stop() {
    leave.run();
    nanos += System.nanoTime();
    cpuNanos += Cost.cpuNanosOfThisThread();
    allocatedBytes += Cost.allocatedBytesOfThisThread();
  }

  private void goOn() throws SSLException {
    if (!begun) {
      begun = true;
      engine().beginHandshake();
    }
    for (int i = 0; i < STEPS; i++) {
      if (!step()) {
        return;
      }
    }
    throw new SSLException("an engine goes in circles: " + engine().getHandshakeStatus());
  }

  private boolean step() throws SSLException {
    switch (engine().getHandshakeStatus()) {
      case NEED_TASK -> {
        for (Runnable task = engine().getDelegatedTask();
            task != null;
            task = engine().getDelegatedTask()) {
          task.run();
        }
        return true;
      }
      case NEED_WRAP -> {
        return moved(engine().wrap(NOTHING, out));
      }
      case NEED_UNWRAP -> {
        return (in.hasRemaining() || fed) && unwrap();
      }
      case NEED_UNWRAP_AGAIN -> {
        return unwrap();
      }
      case NOT_HANDSHAKING, FINISHED -> {
        return in.hasRemaining() && unwrap();
      }
    }
    throw new IllegalStateException("a handshake status of a newer JDK");
  }

  /**
   * BoringSSL's engine detects the end of a TLS 1.2 handshake in the call after the last bytes.
   * Netty's handler makes that call too.
   */
  private boolean unwrap() throws SSLException {
    SSLEngineResult result = engine().unwrap(in, application);
    fed = result.bytesConsumed() > 0;
    return moved(result) && (fed || engine().getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP);
  }

  private static boolean moved(SSLEngineResult result) throws SSLException {
    if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
      throw new SSLException("closed by the peer during the handshake");
    }
    if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
      throw new SSLException("more than " + NETWORK + " bytes in one flight");
    }
    return result.getStatus() == SSLEngineResult.Status.OK;
  }

  boolean finished() {
    return engine().getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
  }

  /** A view of the bytes that this side has to send. */
  ByteBuffer sent() {
    return out.duplicate().flip();
  }

  /**
   * Receives the bytes of the other side. Copies them, as a network would, outside the time of both
   * sides.
   */
  void receive(EngineSide other) {
    in.compact();
    in.put(other.out.flip());
    in.flip();
    other.out.clear();
  }

  /**
   * Takes the bytes that this side has to send.
   *
   * @return number of bytes
   */
  int take(byte[] target) {
    int length = out.flip().remaining();
    out.get(target, 0, length);
    out.clear();
    return length;
  }

  /** Receives bytes from a network. */
  void receive(byte[] bytes, int length) {
    in.compact();
    in.put(bytes, 0, length);
    in.flip();
  }

  /** Whether the peer has sent application data. */
  boolean hasHeard() {
    return application.position() > 0;
  }

  /** Time of this side since {@link #begin}. */
  long nanos() {
    return nanos;
  }

  /** CPU and heap of this side since {@link #begin}. */
  Use use() {
    return new Use(cpuNanos, allocatedBytes);
  }

  private SSLEngine engine() {
    return Objects.requireNonNull(engine, "no handshake was begun");
  }
}
