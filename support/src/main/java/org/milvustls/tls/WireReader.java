package org.milvustls.tls;

import java.nio.ByteBuffer;

/** Observes the bytes of one connection without changing them. */
public interface WireReader {
  /** Reads bytes that the client sent; the buffer is read to its end and not kept. */
  void fromClient(ByteBuffer bytes);

  /** Reads bytes that the server sent; the buffer is read to its end and not kept. */
  void fromServer(ByteBuffer bytes);
}
