package org.milvustls.tls;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The TLS settings of an in-process server, for tests and in-memory benchmarks. Empty lists mean
 * the provider's default.
 *
 * @param provider the TLS implementation of the server
 * @param identity certificate and key of the server
 * @param clientTrust CAs for client certificates; present: a certificate is required
 * @param protocols versions accepted
 * @param cipherSuites accepted, in this order
 * @param namedGroups accepted; for the JDK before version 20 as in {@link JdkGroups}
 * @param resumption whether it issues sessions and tickets
 */
public record ServerTls(
    TlsProvider provider,
    Identity identity,
    Optional<TrustSource> clientTrust,
    List<TlsProtocol> protocols,
    List<String> cipherSuites,
    List<NamedGroup> namedGroups,
    Resumption resumption) {
  public ServerTls {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(clientTrust, "clientTrust");
    protocols = List.copyOf(protocols);
    cipherSuites = List.copyOf(cipherSuites);
    namedGroups = List.copyOf(namedGroups);
    Objects.requireNonNull(resumption, "resumption");
  }

  /** A server with the provider's defaults, without tickets. */
  public static ServerTls of(TlsProvider provider, Identity identity) {
    return new ServerTls(
        provider, identity, Optional.empty(), List.of(), List.of(), List.of(), Resumption.NEVER);
  }

  /** A copy with only these groups. */
  public ServerTls withNamedGroups(NamedGroup... values) {
    return new ServerTls(
        provider, identity, clientTrust, protocols, cipherSuites, List.of(values), resumption);
  }

  /** A copy with or without sessions and tickets. */
  public ServerTls withResumption(Resumption value) {
    return new ServerTls(
        provider, identity, clientTrust, protocols, cipherSuites, namedGroups, value);
  }

  /** The part that a provider may not support, as settings. */
  TlsSettings asked() {
    return new TlsSettings(
        TlsMode.SERVER,
        Optional.of(provider),
        protocols,
        cipherSuites,
        namedGroups,
        clientTrust,
        Optional.empty(),
        Optional.empty(),
        resumption);
  }
}
