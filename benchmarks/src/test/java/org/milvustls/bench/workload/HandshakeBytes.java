package org.milvustls.bench.workload;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ChainMemory;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.SessionReuse;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.HandshakeParser;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;

/**
 * Bytes that both sides of one handshake send, record headers included. Two things vary from run to
 * run and are taken out: certificates, which each run makes anew, are not counted; and a signature
 * of ECDSA is a byte or two shorter when one of its numbers is small, so the largest of many
 * handshakes counts, in which both numbers are of full length.
 *
 * <p>The JDK offers other signature schemes from release to release. They are pinned, which takes a
 * JVM of its own: {@link #main}.
 *
 * @param client absent where the schemes of the JDK cannot be pinned
 */
record HandshakeBytes(Optional<Long> client, long server) {
  static final String HEADER = "cell,client bytes,server bytes";

  /** The argument by which the JVM counts the cells with a key of RSA, and no others. */
  static final String RSA = "rsa";

  /** A full-length signature has a chance of one in four each time: missed once in 1e6 cells. */
  private static final int WITH_ECDSA = 48;

  private static final String ECDSA_AND_EDDSA =
      "ecdsa_secp256r1_sha256,ecdsa_secp384r1_sha384,ed25519";

  /** Prints a line for each cell. */
  public static void main(String[] args) {
    HangGuard.start();
    cells(List.of(args).contains(RSA)).forEach(cell -> System.out.println(line(cell)));
    // Threads of a provider must not keep the JVM.
    System.exit(0);
  }

  /**
   * Flags of the JVM: it offers and takes these signature schemes and no others. So short a run is
   * quickest with C1 alone, but for keys of RSA, which need the arithmetic of C2.
   *
   * @param rsa whether for cells with a key of RSA
   */
  static List<String> flags(boolean rsa) {
    String schemes = ECDSA_AND_EDDSA + (rsa ? ",rsa_pss_rsae_sha256,rsa_pkcs1_sha256" : "");
    return List.of(
        "-Djdk.tls.client.SignatureSchemes=" + schemes,
        "-Djdk.tls.server.SignatureSchemes=" + schemes,
        "-XX:TieredStopAtLevel=" + (rsa ? 4 : 1),
        "--add-exports=java.base/sun.security.jca=ALL-UNNAMED");
  }

  /** All but those in which certificates change, or are part of a ticket of the JDK. */
  static Stream<Cell> cells(boolean rsa) {
    return HandshakeCounts.cells()
        .filter(cell -> isRsa(tls(cell).keyType()) == rsa)
        .filter(cell -> tls(cell).resumption() != SessionReuse.TICKET)
        .filter(cell -> tls(cell).chain() == ChainMemory.SEEN);
  }

  private static Cell.Tls tls(Cell cell) {
    return cell.tls().orElseThrow();
  }

  private static String line(Cell cell) {
    try {
      return cell.name() + "," + of(cell).csv();
    } catch (MilvusTlsException unavailable) {
      return cell.name() + "," + StoredList.NOT_AVAILABLE;
    }
  }

  private static HandshakeBytes of(Cell cell) {
    Cell.Tls tls = tls(cell);
    boolean full = !tls.resumption().resumes();
    HandshakeCertificates certificates =
        HandshakeCertificates.of(tls.keyType(), tls.certificates());
    long shown = full ? size(certificates.next(ChainMemory.SEEN)) : 0;
    long shownByClient =
        full && cell.mode() == TlsMode.MUTUAL ? size(certificates.clientChain()) : 0;
    long client = 0;
    long server = 0;
    try (HandshakeWorkload workload = HandshakeWorkload.open(cell)) {
      for (int i = 0; i < (full && isEcdsa(tls.keyType()) ? WITH_ECDSA : 1); i++) {
        HandshakeParser wire = workload.watch();
        client = Math.max(client, wire.clientCount().bytes());
        server = Math.max(server, wire.serverCount().bytes());
      }
    }
    return new HandshakeBytes(
        schemesArePinned(tls) ? Optional.of(client - shownByClient) : Optional.empty(),
        server - shown);
  }

  /**
   * RSA PKCS#1 signs certificates only in TLS 1.3 (RFC 8446 section 4.2.3). Older updates of the
   * JDK list it for handshakes too, and no property changes that.
   */
  private static boolean schemesArePinned(Cell.Tls tls) {
    boolean ofTheJdk =
        tls.provider() == ClientProvider.JDK || tls.provider() == ClientProvider.JDK_ACCP;
    return !(ofTheJdk && isRsa(tls.keyType()) && tls.protocol() == TlsProtocol.TLS_1_3);
  }

  private static boolean isRsa(KeyType type) {
    return type == KeyType.RSA_2048 || type == KeyType.RSA_3072;
  }

  private static boolean isEcdsa(KeyType type) {
    return type == KeyType.ECDSA_P256 || type == KeyType.ECDSA_P384;
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

  private String csv() {
    return client.map(String::valueOf).orElse("-") + "," + server;
  }
}
