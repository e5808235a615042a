package org.milvustls.bench.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.TlsProvider;

/**
 * One combination of axis values. Every value is a claim about the negotiated session. It is pinned
 * where the provider allows that. It is always compared with the negotiated value, and a difference
 * fails the cell.
 *
 * @param operation the operation
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
   * @param chain whether the client's JVM has verified the chain before
   * @param certificates length of the chain, leaf and trusted root included: 2 or 3
   * @param server implementation of the server in memory; Milvus has its own
   */
  public record Tls(
      ClientProvider provider,
      TlsProtocol protocol,
      CipherSuite cipherSuite,
      NamedGroup namedGroup,
      KeyType keyType,
      SessionReuse resumption,
      ChainMemory chain,
      int certificates,
      TlsProvider server) {

    private static final int SHORTEST = 2;
    private static final int LONGEST = 3;

    public Tls {
      Objects.requireNonNull(server, "server");
      if (certificates < SHORTEST || certificates > LONGEST) {
        throw new IllegalArgumentException("a chain of " + certificates + " certificates");
      }
    }

    /**
     * TLS 1.3, AES-128-GCM, X25519, ECDSA P-256, full, seen, three certificates, a server of the
     * JDK: the cell from which one axis at a time is varied.
     */
    public static Tls base(ClientProvider provider) {
      return new Tls(
          provider,
          TlsProtocol.TLS_1_3,
          CipherSuite.AES_128_GCM,
          NamedGroup.X25519,
          KeyType.ECDSA_P256,
          SessionReuse.NEVER,
          ChainMemory.SEEN,
          LONGEST,
          TlsProvider.JDK);
    }

    /** A copy with the JDK as client. */
    Tls withJdk() {
      return new Tls(
          ClientProvider.JDK,
          protocol,
          cipherSuite,
          namedGroup,
          keyType,
          resumption,
          chain,
          certificates,
          server);
    }

    public Tls with(TlsProtocol other) {
      return new Tls(
          provider,
          other,
          cipherSuite,
          namedGroup,
          keyType,
          resumption,
          chain,
          certificates,
          server);
    }

    public Tls with(CipherSuite other) {
      return new Tls(
          provider, protocol, other, namedGroup, keyType, resumption, chain, certificates, server);
    }

    public Tls with(NamedGroup other) {
      return new Tls(
          provider, protocol, cipherSuite, other, keyType, resumption, chain, certificates, server);
    }

    public Tls with(KeyType other) {
      return new Tls(
          provider,
          protocol,
          cipherSuite,
          namedGroup,
          other,
          resumption,
          chain,
          certificates,
          server);
    }

    public Tls with(SessionReuse other) {
      return new Tls(
          provider, protocol, cipherSuite, namedGroup, keyType, other, chain, certificates, server);
    }

    public Tls with(ChainMemory other) {
      return new Tls(
          provider,
          protocol,
          cipherSuite,
          namedGroup,
          keyType,
          resumption,
          other,
          certificates,
          server);
    }

    /** A copy with a leaf that the root itself issued. */
    public Tls withShortChain() {
      return new Tls(
          provider,
          protocol,
          cipherSuite,
          namedGroup,
          keyType,
          resumption,
          chain,
          SHORTEST,
          server);
    }

    /** A copy with another implementation of the server in memory. */
    public Tls withServer(TlsProvider other) {
      return new Tls(
          provider,
          protocol,
          cipherSuite,
          namedGroup,
          keyType,
          resumption,
          chain,
          certificates,
          other);
    }

    public boolean hasShortChain() {
      return certificates == SHORTEST;
    }

    /** The IANA name that must be negotiated. */
    public String ianaCipherSuite() {
      return cipherSuite.ianaName(protocol, keyType);
    }

    private List<String> names() {
      List<String> names = new ArrayList<>();
      names.add(provider.id());
      names.add(protocol.id());
      names.add(cipherSuite.id());
      names.add(namedGroup.id());
      names.add(keyType.id());
      names.add(resumption.id());
      names.add(chain.id());
      if (hasShortChain()) {
        names.add(certificates + "-certificates");
      }
      if (server != TlsProvider.JDK) {
        names.add(server.id() + "-server");
      }
      return names;
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

  /** Whether the client's TLS implementation is the JDK's. */
  boolean isOfJdk() {
    return tls.map(asked -> asked.provider() == ClientProvider.JDK).orElse(false);
  }

  /**
   * The one name of this cell in code, files and reports, such as {@code
   * connect/server/jdk/tls1.3/aes-128-gcm/x25519/ecdsa-p256/full/seen}. Rare differences come last,
   * and only where they differ from the usual value: {@code 2-certificates}, {@code
   * boringssl-server}.
   */
  public String name() {
    List<String> parts = new ArrayList<>();
    parts.add(operation.id());
    parts.add(mode.id());
    tls.ifPresent(t -> parts.addAll(t.names()));
    return String.join("/", parts);
  }

  /** The reason why this cell cannot exist on any server and machine; null when it can. */
  public @Nullable String impossible() {
    return tls.map(this::impossible).orElse(null);
  }

  private @Nullable String impossible(Tls asked) {
    if (suite().needsMilvus()) {
      if (mode == TlsMode.MUTUAL && asked.protocol() == TlsProtocol.TLS_1_2) {
        return "Milvus has no TLS 1.2 in mutual mode: its listener sets TLS 1.3 as the minimum there";
      }
      if (asked.provider() == ClientProvider.JDK
          && asked.protocol() == TlsProtocol.TLS_1_2
          && asked.resumption().resumes()) {
        return "the JDK discards the TLS 1.2 tickets of Milvus, whose lifetime hint is 0: it never"
            + " resumes such a session";
      }
      if (asked.provider().ofLibrary().isEmpty() && operation != Operation.HANDSHAKE_SOCKET) {
        return "channels to Milvus run over the JDK or the BoringSSL inside the SDK, not over "
            + asked.provider().title();
      }
    }
    if (asked.resumption() == SessionReuse.SESSION_ID && asked.protocol() == TlsProtocol.TLS_1_3) {
      return "TLS 1.3 resumes by ticket only (RFC 8446 section 2.2): there are no session ids";
    }
    return null;
  }

  @Override
  public String toString() {
    return name();
  }
}
