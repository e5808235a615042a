package org.milvustls.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Probes the protocol of a listener after a connection has failed without a reason. A TLS server in
 * Go closes a plaintext connection without an answer, and a plaintext server may do so on a
 * ClientHello. Makes two short connections at most, each with a time limit.
 */
public final class PeerProbe {
  /** The protocol that a listener speaks. */
  public enum Language {
    /** It answered a ClientHello with a TLS record. */
    TLS,
    /** It answered the HTTP/2 preface in plaintext: gRPC without TLS. */
    HTTP2_PLAINTEXT,
    /** It answered with HTTP/1: the health, metrics or REST port, or a proxy. */
    HTTP1_PLAINTEXT,
    /** It answered with something else. */
    OTHER,
    /** It closed the connection or sent nothing. */
    NOTHING
  }

  private static final byte[] HTTP2_PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

  /**
   * A TLS 1.2 ClientHello with one cipher suite that no server has. Any TLS server answers with an
   * alert, which is enough.
   */
  private static final byte[] CLIENT_HELLO =
      HexFormat.of()
          .parseHex("160301002d010000290303" + "00".repeat(32) + "000002" + "00ff" + "0100");

  private static final int HTTP2_SETTINGS = 4;

  private PeerProbe() {}

  /** Probes in TLS first, then in plaintext; never throws. */
  public static Language ask(String host, int port, Duration limit) {
    byte[] toTls = answer(host, port, CLIENT_HELLO, limit);
    Language first = language(toTls);
    return first == Language.NOTHING || first == Language.OTHER
        ? language(answer(host, port, HTTP2_PREFACE, limit))
        : first;
  }

  /** Whether a listener speaks HTTP in plaintext. Probes in plaintext only. */
  public static boolean speaksHttp(String host, int port, Duration limit) {
    Language language = language(answer(host, port, HTTP2_PREFACE, limit));
    return language == Language.HTTP2_PLAINTEXT || language == Language.HTTP1_PLAINTEXT;
  }

  /** The protocol of these first bytes of a server. */
  public static Language language(byte[] first) {
    if (first.length == 0) {
      return Language.NOTHING;
    }
    if (first.length >= 3 && (first[0] == 0x15 || first[0] == 0x16) && first[1] == 3) {
      return Language.TLS;
    }
    if (first.length >= 4 && first[0] == 0 && first[3] == HTTP2_SETTINGS) {
      return Language.HTTP2_PLAINTEXT;
    }
    String text = new String(first, StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
    return text.startsWith("HTTP/") ? Language.HTTP1_PLAINTEXT : Language.OTHER;
  }

  @SuppressWarnings("try") // The open resource enforces the limit.
  private static byte[] answer(String host, int port, byte[] words, Duration limit) {
    try (Socket socket = new Socket();
        TotalLimit whole = TotalLimit.of(socket, limit)) {
      socket.connect(
          new InetSocketAddress(HostLookup.first(host, limit), port), (int) limit.toMillis());
      socket.setSoTimeout((int) limit.toMillis());
      socket.getOutputStream().write(words);
      return firstBytes(socket.getInputStream());
    } catch (IOException silent) {
      return new byte[0];
    }
  }

  private static byte[] firstBytes(InputStream in) throws IOException {
    byte[] buffer = new byte[16];
    int length = 0;
    try {
      while (length < buffer.length) {
        int more = in.read(buffer, length, buffer.length - length);
        if (more < 0) {
          break;
        }
        length += more;
      }
    } catch (IOException enough) {
      // The bytes received so far are the answer.
    }
    return Arrays.copyOf(buffer, length);
  }
}
