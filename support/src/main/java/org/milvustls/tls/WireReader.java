package org.milvustls.tls;

import java.nio.ByteBuffer;

/** Reads along on one connection; it changes nothing and decides nothing. */
public interface WireReader {
  /** Reads bytes that the client sent; the buffer is read to its end and not kept. */
  void fromClient(ByteBuffer bytes);

  /** Reads bytes that the server sent; the buffer is read to its end and not kept. */
  void fromServer(ByteBuffer bytes);
}
