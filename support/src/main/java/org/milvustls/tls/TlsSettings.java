package org.milvustls.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;

/**
 * The TLS settings of a client. An empty list means "the provider's default". The result of the
 * negotiation is a {@link NegotiatedSession}.
 *
 * @param mode off, server-authenticated or mutual
 * @param provider the TLS implementation; empty: BoringSSL where it loads, otherwise the JDK
 * @param protocols versions offered; empty: the provider's default
 * @param cipherSuites names as in the IANA registry, offered in this order; empty: the provider's
 *     default
 * @param namedGroups key exchange groups, offered in this order; empty: the provider's default
 * @param trust CA certificates to trust; empty: those of the JVM
 * @param identity client certificate for mode {@link TlsMode#MUTUAL}
 * @param serverName name that the server's certificate must have; empty: the host connected to
 * @param resumption whether the client offers earlier sessions
 */
public record TlsSettings(
    TlsMode mode,
    Optional<TlsProvider> provider,
    List<TlsProtocol> protocols,
    List<String> cipherSuites,
    List<NamedGroup> namedGroups,
    Optional<TrustSource> trust,
    Optional<Identity> identity,
    Optional<String> serverName,
    Resumption resumption) {

  public TlsSettings {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(provider, "provider");
    protocols = List.copyOf(protocols);
    cipherSuites = List.copyOf(cipherSuites);
    namedGroups = List.copyOf(namedGroups);
    Objects.requireNonNull(resumption, "resumption");
    if (mode == TlsMode.MUTUAL && identity.isEmpty()) {
      throw MilvusTlsException.usage("mutual TLS needs a client certificate and its key")
          .next("make one with 'milvus-tls certs issue --client NAME' and name both files")
          .build();
    }
    if (mode == TlsMode.SERVER && identity.isPresent()) {
      throw MilvusTlsException.usage("a client certificate is given, but mode 'server' shows none")
          .seen(identity.get())
          .next("ask for mode 'mutual', or leave the certificate out")
          .build();
    }
  }

  /** A copy with this provider. */
  TlsSettings withProvider(TlsProvider value) {
    return new TlsSettings(
        mode,
        Optional.of(value),
        protocols,
        cipherSuites,
        namedGroups,
        trust,
        identity,
        serverName,
        resumption);
  }

  /** Whether these settings name this provider. */
  public boolean isBy(TlsProvider value) {
    return provider.equals(Optional.of(value));
  }

  /** Explicit plaintext, without TLS; it is never a fallback. */
  public static TlsSettings plaintext() {
    return builder(TlsMode.OFF).build();
  }

  public static Builder builder(TlsMode mode) {
    return new Builder(mode);
  }

  /** Collects the options; every one has a default. */
  public static final class Builder {
    private final TlsMode mode;
    private @Nullable TlsProvider provider;
    private List<TlsProtocol> protocols = List.of();
    private List<String> cipherSuites = List.of();
    private List<NamedGroup> namedGroups = List.of();
    private @Nullable TrustSource trust;
    private @Nullable Identity identity;
    private @Nullable String serverName;
    private Resumption resumption = Resumption.NEVER;

    private Builder(TlsMode mode) {
      this.mode = mode;
    }

    /** Default: BoringSSL where it loads, otherwise the JDK. */
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

    /** CA certificates of a PEM file. */
    public Builder trustAnchors(Path pem) {
      return trust(TrustSource.pem(pem));
    }

    public Builder trust(TrustSource source) {
      this.trust = source;
      return this;
    }

    /** PEM files: the chain, leaf first, and its key as unencrypted PKCS#8. */
    public Builder clientCertificate(Path chain, Path key) {
      return identity(Identity.pem(chain, key));
    }

    public Builder identity(Identity value) {
      this.identity = value;
      return this;
    }

    /** Default: {@link Resumption#NEVER}, as the SDK does. */
    public Builder resumption(Resumption value) {
      this.resumption = value;
      return this;
    }

    public Builder serverName(String name) {
      this.serverName = name;
      return this;
    }

    public TlsSettings build() {
      return new TlsSettings(
          mode,
          Optional.ofNullable(provider),
          protocols,
          cipherSuites,
          namedGroups,
          Optional.ofNullable(trust),
          Optional.ofNullable(identity),
          Optional.ofNullable(serverName),
          resumption);
    }
  }
}
