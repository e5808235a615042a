package org.milvustls.tls;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Splits the bytes of one direction into TLS records and handshake messages, in any fragmentation.
 * Buffers at most one message of 64 KiB and skips longer and unwanted ones. Stops permanently when
 * the bytes are not TLS.
 */
final class RecordReader {
  static final int CHANGE_CIPHER_SPEC = 20;
  static final int ALERT = 21;
  static final int HANDSHAKE = 22;
  private static final int HEARTBEAT = 24;
  private static final int RECORD_HEADER = 5;
  private static final int MESSAGE_HEADER = 4;

  /** RFC 8446 section 5.2 and, a little longer, RFC 5246 section 6.2.3. */
  private static final int LONGEST_RECORD = (1 << 14) + 2048;

  private static final int LONGEST_MESSAGE = 1 << 16;
  private static final int FIRST_WORDS = 32;

  /** Receives messages and records. */
  interface Listener {
    /** Whether a message of this type is of interest. */
    boolean wants(int messageType);

    /** One whole handshake message, without its header. */
    void message(int messageType, ByteBuffer body);

    /** A record other than handshake begins. */
    void other(int recordType, int length);

    /** An alert in the clear. */
    void alert(int level, int description);
  }

  private final Listener listener;
  private final ByteBuffer recordHeader = ByteBuffer.allocate(RECORD_HEADER);
  private final ByteBuffer messageHeader = ByteBuffer.allocate(MESSAGE_HEADER);
  private final byte[] firstBytes = new byte[FIRST_WORDS];
  private int firstCount;
  private ByteBuffer body = ByteBuffer.allocate(0);
  private int recordType;
  private int recordRest;
  private int messageRest = -1;
  private boolean messageWanted;
  private boolean ciphered;
  private int alertLevel = -1;
  private boolean alertReadable;
  private boolean notTls;
  private long bytes;
  private long records;

  RecordReader(Listener listener) {
    this.listener = listener;
  }

  /** From now on handshake records are encrypted: they are only counted. */
  void ciphered() {
    ciphered = true;
  }

  boolean isNotTls() {
    return notTls;
  }

  /** The first bytes, at most 32, to identify a protocol other than TLS. */
  byte[] firstBytes() {
    return Arrays.copyOf(firstBytes, firstCount);
  }

  long bytes() {
    return bytes;
  }

  long records() {
    return records;
  }

  void read(ByteBuffer in) {
    bytes += in.remaining();
    keepFirstBytes(in);
    while (in.hasRemaining() && !notTls) {
      if (recordRest == 0) {
        recordHeader(in);
      } else {
        payload(in);
      }
    }
    in.position(in.limit());
  }

  private void keepFirstBytes(ByteBuffer in) {
    int more = Math.min(firstBytes.length - firstCount, in.remaining());
    in.get(in.position(), firstBytes, firstCount, more);
    firstCount += more;
  }

  private void recordHeader(ByteBuffer in) {
    move(in, recordHeader);
    if (recordHeader.hasRemaining()) {
      return;
    }
    recordType = recordHeader.get(0) & 0xff;
    recordRest = recordHeader.getShort(3) & 0xffff;
    int major = recordHeader.get(1);
    recordHeader.clear();
    boolean known = recordType >= CHANGE_CIPHER_SPEC && recordType <= HEARTBEAT;
    if (!known || major != 3 || recordRest > LONGEST_RECORD) {
      notTls = true;
      return;
    }
    records++;
    alertLevel = -1;
    alertReadable = recordType == ALERT && recordRest == 2 && !ciphered;
    if (recordType != HANDSHAKE) {
      listener.other(recordType, recordRest);
    }
  }

  private void payload(ByteBuffer in) {
    int length = Math.min(recordRest, in.remaining());
    ByteBuffer part = in.slice(in.position(), length);
    in.position(in.position() + length);
    recordRest -= length;
    if (recordType == HANDSHAKE && !ciphered) {
      while (part.hasRemaining() && !ciphered) {
        handshake(part);
      }
    } else if (alertReadable) {
      while (part.hasRemaining()) {
        alertByte(part.get() & 0xff);
      }
    }
  }

  private void alertByte(int value) {
    if (alertLevel < 0) {
      alertLevel = value;
    } else {
      listener.alert(alertLevel, value);
    }
  }

  private void handshake(ByteBuffer part) {
    if (messageRest < 0) {
      move(part, messageHeader);
      if (!messageHeader.hasRemaining()) {
        beginMessage();
      }
      return;
    }
    int length = Math.min(messageRest, part.remaining());
    if (messageWanted) {
      body.put(part.slice(part.position(), length));
    }
    part.position(part.position() + length);
    messageRest -= length;
    if (messageRest == 0) {
      endMessage();
    }
  }

  private void beginMessage() {
    int type = messageHeader.get(0) & 0xff;
    messageRest = messageHeader.getInt(0) & 0xffffff;
    messageWanted = listener.wants(type) && messageRest <= LONGEST_MESSAGE;
    if (messageWanted && body.capacity() < messageRest) {
      body = ByteBuffer.allocate(messageRest);
    }
    body.clear();
    if (messageRest == 0) {
      endMessage();
    }
  }

  private void endMessage() {
    int type = messageHeader.get(0) & 0xff;
    messageHeader.clear();
    messageRest = -1;
    if (messageWanted) {
      body.flip();
      listener.message(type, body.slice());
    }
  }

  private static void move(ByteBuffer in, ByteBuffer target) {
    while (in.hasRemaining() && target.hasRemaining()) {
      target.put(in.get());
    }
  }
}
