package org.milvustls.bench.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.Resumption;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.TlsProvider;

/**
 * One combination of axis values. Every value is a claim about what is negotiated: where the
 * provider can pin it, it is pinned; everywhere it is held against what was seen, and a difference
 * fails the cell.
 *
 * @param operation what is done once
 * @param mode how Milvus (or the peer in memory) authenticates
 * @param tls the TLS axes; absent in mode off
 */
public record Cell(Operation operation, TlsMode mode, Optional<Tls> tls) {

  /**
   * The axes that only exist with TLS.
   *
   * @param provider the client's implementation
   * @param protocol version
   * @param cipherSuite AEAD
   * @param namedGroup key exchange group
   * @param keyType key of the leaves, and of the CAs above them
   * @param resumption full or resumed
   * @param chain whether the client's JVM knows the chain
   */
  public record Tls(
      TlsProvider provider,
      TlsProtocol protocol,
      CipherSuite cipherSuite,
      NamedGroup namedGroup,
      KeyType keyType,
      Resumption resumption,
      ChainMemory chain) {

    /**
     * TLS 1.3, AES-128-GCM, X25519, ECDSA P-256, full, seen: the cell from which one axis at a time
     * is varied.
     */
    public static Tls base(TlsProvider provider) {
      return new Tls(
          provider,
          TlsProtocol.TLS_1_3,
          CipherSuite.AES_128_GCM,
          NamedGroup.X25519,
          KeyType.ECDSA_P256,
          Resumption.NEVER,
          ChainMemory.SEEN);
    }

    public Tls with(TlsProtocol other) {
      return new Tls(provider, other, cipherSuite, namedGroup, keyType, resumption, chain);
    }

    public Tls with(CipherSuite other) {
      return new Tls(provider, protocol, other, namedGroup, keyType, resumption, chain);
    }

    public Tls with(KeyType other) {
      return new Tls(provider, protocol, cipherSuite, namedGroup, other, resumption, chain);
    }

    public Tls with(ChainMemory other) {
      return new Tls(provider, protocol, cipherSuite, namedGroup, keyType, resumption, other);
    }

    /** The IANA name that must be negotiated. */
    public String ianaCipherSuite() {
      return cipherSuite.ianaName(protocol, keyType);
    }
  }

  public Cell {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(mode, "mode");
    if (mode.isEncrypted() != tls.isPresent()) {
      throw new IllegalArgumentException("mode " + mode + " with TLS axes " + tls);
    }
  }

  /** A cell without TLS. */
  public static Cell plaintext(Operation operation) {
    return new Cell(operation, TlsMode.OFF, Optional.empty());
  }

  /** A cell with TLS. */
  public static Cell secured(Operation operation, TlsMode mode, Tls tls) {
    return new Cell(operation, mode, Optional.of(tls));
  }

  public Suite suite() {
    return operation.suite();
  }

  /**
   * The one name of this cell in code, files and reports, such as {@code
   * connect/server/jdk/tls1.3/aes-128-gcm/x25519/ecdsa-p256/full/seen}. Mode is left out where
   * there is no Milvus.
   */
  public String name() {
    List<String> parts = new ArrayList<>();
    parts.add(operation.id());
    parts.add(mode.id());
    tls.ifPresent(
        t ->
            parts.addAll(
                List.of(
                    t.provider().id(),
                    t.protocol().id(),
                    t.cipherSuite().id(),
                    t.namedGroup().id(),
                    t.keyType().id(),
                    t.resumption().id(),
                    t.chain().id())));
    return String.join("/", parts);
  }

  /** Why this cell cannot exist, whatever server and machine there are; null when it can. */
  public @Nullable String impossible() {
    if (mode == TlsMode.MUTUAL
        && suite().needsMilvus()
        && tls.orElseThrow().protocol() == TlsProtocol.TLS_1_2) {
      return "Milvus has no TLS 1.2 in mutual mode: its listener sets TLS 1.3 as the minimum there";
    }
    return null;
  }

  @Override
  public String toString() {
    return name();
  }
}
