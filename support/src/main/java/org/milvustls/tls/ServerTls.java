package org.milvustls.tls;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an in-process server of tests and in-memory benchmarks shows and accepts. Empty lists mean
 * the provider's default.
 *
 * @param provider the TLS implementation of the server
 * @param identity what the server shows
 * @param clientTrust CAs that client certificates must come from; present: a certificate is
 *     required
 * @param protocols versions accepted
 * @param cipherSuites accepted, in this order
 * @param namedGroups accepted; for the JDK before version 20 as in {@link JdkGroups}
 * @param resumption whether sessions and tickets are handed out
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

  /** A server with the provider's defaults that hands out no tickets. */
  public static ServerTls of(TlsProvider provider, Identity identity) {
    return new ServerTls(
        provider, identity, Optional.empty(), List.of(), List.of(), List.of(), Resumption.NEVER);
  }

  /** The same, with these groups only. */
  public ServerTls withNamedGroups(NamedGroup... values) {
    return new ServerTls(
        provider, identity, clientTrust, protocols, cipherSuites, List.of(values), resumption);
  }

  /** The same, with sessions and tickets handed out or not. */
  public ServerTls withResumption(Resumption value) {
    return new ServerTls(
        provider, identity, clientTrust, protocols, cipherSuites, namedGroups, value);
  }

  /** The part of it that a provider may be unable to do, as settings. */
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
