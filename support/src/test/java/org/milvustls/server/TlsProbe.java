package org.milvustls.server;

import java.io.IOException;
import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;

/** What a client that trusts nobody meets at a port. */
final class TlsProbe {
  private TlsProbe() {}

  static String handshake(int port) {
    try (SSLSocket socket =
        (SSLSocket)
            SSLContext.getDefault()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      socket.startHandshake();
      return "accepted";
    } catch (SSLHandshakeException e) {
      return String.valueOf(e.getMessage()).contains("PKIX")
          ? "refused: certificate"
          : e.toString();
    } catch (IOException e) {
      return "not TLS";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
