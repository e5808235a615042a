package org.milvustls.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;

/**
 * What a client asks of TLS. An empty list means "the provider's default"; what was negotiated in
 * the end is a {@link NegotiatedSession}, never this.
 *
 * @param mode off, server-authenticated or mutual
 * @param provider the TLS implementation
 * @param protocols versions offered; empty: the provider's default
 * @param cipherSuites names as in the IANA registry, offered in this order; empty: the provider's
 *     default
 * @param namedGroups key exchange groups, offered in this order; empty: the provider's default
 * @param trustAnchors PEM file with the CA certificates to trust; empty: those of the JVM
 * @param clientCertificate what a client shows in mode {@link TlsMode#MUTUAL}
 * @param serverName name that the server's certificate must have; empty: the host connected to
 */
public record TlsSettings(
    TlsMode mode,
    TlsProvider provider,
    List<TlsProtocol> protocols,
    List<String> cipherSuites,
    List<NamedGroup> namedGroups,
    Optional<Path> trustAnchors,
    Optional<KeyPairFiles> clientCertificate,
    Optional<String> serverName) {

  /**
   * A certificate chain (leaf first) and its key, both PEM, the key as unencrypted PKCS#8.
   *
   * @param chain leaf, then intermediates
   * @param key private key of the leaf
   */
  public record KeyPairFiles(Path chain, Path key) {
    public KeyPairFiles {
      Objects.requireNonNull(chain, "chain");
      Objects.requireNonNull(key, "key");
    }
  }

  public TlsSettings {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(provider, "provider");
    protocols = List.copyOf(protocols);
    cipherSuites = List.copyOf(cipherSuites);
    namedGroups = List.copyOf(namedGroups);
    if (mode == TlsMode.MUTUAL && clientCertificate.isEmpty()) {
      throw MilvusTlsException.usage("mutual TLS needs a client certificate and its key")
          .next("make one with 'milvus-tls certs issue --client NAME' and name both files")
          .build();
    }
  }

  /** No TLS at all, by name: plaintext is never a fallback. */
  public static TlsSettings plaintext() {
    return builder(TlsMode.OFF).build();
  }

  public static Builder builder(TlsMode mode) {
    return new Builder(mode);
  }

  /** Collects the options; every one has a default. */
  public static final class Builder {
    private final TlsMode mode;
    private TlsProvider provider = TlsProvider.JDK;
    private List<TlsProtocol> protocols = List.of();
    private List<String> cipherSuites = List.of();
    private List<NamedGroup> namedGroups = List.of();
    private @Nullable Path trustAnchors;
    private @Nullable KeyPairFiles clientCertificate;
    private @Nullable String serverName;

    private Builder(TlsMode mode) {
      this.mode = mode;
    }

    public Builder provider(TlsProvider value) {
      this.provider = value;
      return this;
    }

    public Builder protocols(TlsProtocol... values) {
      this.protocols = List.of(values);
      return this;
    }

    public Builder cipherSuites(String... values) {
      this.cipherSuites = List.of(values);
      return this;
    }

    public Builder namedGroups(NamedGroup... values) {
      this.namedGroups = List.of(values);
      return this;
    }

    public Builder trustAnchors(Path pem) {
      this.trustAnchors = pem;
      return this;
    }

    public Builder clientCertificate(Path chain, Path key) {
      this.clientCertificate = new KeyPairFiles(chain, key);
      return this;
    }

    public Builder serverName(String name) {
      this.serverName = name;
      return this;
    }

    public TlsSettings build() {
      return new TlsSettings(
          mode,
          provider,
          protocols,
          cipherSuites,
          namedGroups,
          Optional.ofNullable(trustAnchors),
          Optional.ofNullable(clientCertificate),
          Optional.ofNullable(serverName));
    }
  }
}
