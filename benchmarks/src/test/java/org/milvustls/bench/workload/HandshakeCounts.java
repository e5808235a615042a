package org.milvustls.bench.workload;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.SessionReuse;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.HandshakeParser;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.WireCount;

/**
 * What one handshake sends, as counts that no machine and no run changes. Two things do vary and
 * are taken out: certificates, which each run makes anew, are not counted; and a signature of ECDSA
 * is as long as its two numbers happen to be (a byte or two), so the largest of many handshakes
 * counts, in which both numbers are of full length.
 */
record HandshakeCounts(Side client, Side server) {
  static final String HEADER =
      "cell,client flights,client records,client bytes,server flights,server records,server bytes";

  /** A full-length signature has a chance of one in four each time: missed once in 1e6 cells. */
  private static final int WITH_ECDSA = 48;

  private static final int WITHOUT = 2;

  /**
   * What one side sent.
   *
   * @param bytes record headers included, certificates not; absent where a ticket of the JDK is
   *     sent, whose size depends on the release of the JDK and on the certificates
   */
  record Side(long flights, long records, Optional<Long> bytes) {
    private String csv() {
      return flights + "," + records + "," + bytes.map(String::valueOf).orElse("-");
    }
  }

  static HandshakeCounts of(Cell cell) {
    Cell.Tls tls = cell.tls().orElseThrow();
    boolean full = !tls.resumption().resumes();
    HandshakeCertificates certificates =
        HandshakeCertificates.of(tls.keyType(), tls.certificates());
    long shown = full ? size(certificates.next(tls.chain())) : 0;
    long shownByClient =
        full && cell.mode() == TlsMode.MUTUAL ? size(certificates.clientChain()) : 0;
    int handshakes = full && isEcdsa(tls.keyType()) ? WITH_ECDSA : WITHOUT;
    WireCount client = new WireCount(0, 0, 0);
    WireCount server = client;
    try (HandshakeWorkload workload = HandshakeWorkload.open(cell)) {
      for (int i = 0; i < handshakes; i++) {
        HandshakeParser wire = workload.watch();
        client = larger(client, wire.clientCount());
        server = larger(server, wire.serverCount());
      }
    }
    boolean ticket = tls.resumption() == SessionReuse.TICKET;
    return new HandshakeCounts(side(client, shownByClient, ticket), side(server, shown, ticket));
  }

  private static boolean isEcdsa(KeyType type) {
    return type == KeyType.ECDSA_P256 || type == KeyType.ECDSA_P384;
  }

  private static WireCount larger(WireCount left, WireCount right) {
    return left.bytes() > right.bytes() ? left : right;
  }

  private static Side side(WireCount count, long certificates, boolean ticket) {
    return new Side(
        count.flights(),
        count.records(),
        ticket ? Optional.empty() : Optional.of(count.bytes() - certificates));
  }

  private static long size(List<X509Certificate> chain) {
    long bytes = 0;
    for (X509Certificate certificate : chain) {
      try {
        bytes += certificate.getEncoded().length;
      } catch (CertificateEncodingException e) {
        throw new IllegalStateException(e);
      }
    }
    return bytes;
  }

  /** Without the cell's name, as in the columns of {@link #HEADER}. */
  String csv() {
    return client.csv() + "," + server.csv();
  }
}
