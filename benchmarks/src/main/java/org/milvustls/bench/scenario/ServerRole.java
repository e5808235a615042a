package org.milvustls.bench.scenario;

import java.util.Objects;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.TlsMode;

/**
 * One Milvus of a run.
 *
 * @param mode of its listener
 * @param keyType of the leaf that it shows; ECDSA P-256 where it shows none
 * @param second whether it is the second server of its kind, for an A/A control: two equal servers
 *     can differ by as much as the cost of TLS
 */
public record ServerRole(TlsMode mode, KeyType keyType, boolean second) {
  private static final KeyType USUAL = KeyType.ECDSA_P256;
  private static final String SECOND = "-control";

  public ServerRole {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(keyType, "keyType");
  }

  /** The first server of the kind that a cell needs. */
  static ServerRole of(Cell cell) {
    return new ServerRole(cell.mode(), cell.tls().map(Cell.Tls::keyType).orElse(USUAL), false);
  }

  /** The role of this {@link #id()}. */
  public static ServerRole of(String id) {
    boolean second = id.endsWith(SECOND);
    String kind = second ? id.substring(0, id.length() - SECOND.length()) : id;
    int dash = kind.indexOf('-');
    return dash < 0
        ? new ServerRole(TlsMode.of(kind), USUAL, second)
        : new ServerRole(
            TlsMode.of(kind.substring(0, dash)), KeyType.of(kind.substring(dash + 1)), second);
  }

  ServerRole asSecond() {
    return new ServerRole(mode, keyType, true);
  }

  /** Whether it differs from others only in its mode. */
  public boolean hasUsualKey() {
    return keyType == USUAL;
  }

  /** Its name in files, such as {@code off-control} or {@code server-rsa-2048}. */
  public String id() {
    return mode.id() + (hasUsualKey() ? "" : "-" + keyType.id()) + (second ? SECOND : "");
  }
}
