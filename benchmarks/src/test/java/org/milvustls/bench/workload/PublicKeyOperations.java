package org.milvustls.bench.workload;

import org.milvustls.bench.scenario.Cell;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;

/**
 * Public-key operations of one side of a handshake.
 *
 * @param signed signatures made
 * @param verified signatures verified, those of certificates too
 * @param keys ephemeral key pairs made
 * @param agreed key agreements; X25519MLKEM768 is one, though two things are done for it
 */
record PublicKeyOperations(int signed, int verified, int keys, int agreed) {
  static final PublicKeyOperations NONE = new PublicKeyOperations(0, 0, 0, 0);
  static final PublicKeyOperations SIGN = new PublicKeyOperations(1, 0, 0, 0);
  static final PublicKeyOperations VERIFY = new PublicKeyOperations(0, 1, 0, 0);
  static final PublicKeyOperations MAKE_KEY = new PublicKeyOperations(0, 0, 1, 0);
  static final PublicKeyOperations AGREE = new PublicKeyOperations(0, 0, 0, 1);

  PublicKeyOperations plus(PublicKeyOperations more) {
    return new PublicKeyOperations(
        signed + more.signed, verified + more.verified, keys + more.keys, agreed + more.agreed);
  }

  /**
   * What the protocol asks of a side by itself, certificates aside: RFC 8446 sections 2 and 4.4,
   * RFC 5246 section 7.3 with RFC 8422. A resumed handshake of TLS 1.3 agrees on new keys
   * (psk_dhe_ke), one of TLS 1.2 does not.
   *
   * @param isClient which side
   */
  static PublicKeyOperations ofTheProtocol(Cell cell, boolean isClient) {
    Cell.Tls tls = cell.tls().orElseThrow();
    boolean resumed = tls.resumption().resumes();
    PublicKeyOperations done = NONE;
    if (!resumed || tls.protocol() == TlsProtocol.TLS_1_3) {
      done = done.plus(MAKE_KEY).plus(AGREE);
    }
    if (!resumed) {
      done = done.plus(isClient ? VERIFY : SIGN);
      if (cell.mode() == TlsMode.MUTUAL) {
        done = done.plus(isClient ? SIGN : VERIFY);
      }
    }
    return done;
  }

  String csv() {
    return signed + "," + verified + "," + keys + "," + agreed;
  }
}
