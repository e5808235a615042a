package org.milvustls.tls;

import java.net.Socket;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A key manager that records the server's last certificate request. It works without an identity
 * too and then answers "none". This distinguishes a missing certificate from one that was not
 * requested.
 */
final class ObservingKeyManager extends X509ExtendedKeyManager {
  private final @Nullable X509ExtendedKeyManager keys;
  private final Clock clock;
  private final AtomicReference<@Nullable ClientCertificateRequest> last = new AtomicReference<>();

  ObservingKeyManager(@Nullable X509ExtendedKeyManager keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  Optional<ClientCertificateRequest> lastRequest() {
    return Optional.ofNullable(last.get());
  }

  /** This key manager in the form for Netty's caching factory for BoringSSL. */
  KeyManagerFactory asFactory() {
    return new KeyManagerFactory(new Fixed(this), null, "observing") {};
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    String alias = keys == null ? null : keys.chooseEngineClientAlias(keyTypes, issuers, engine);
    List<String> accepted =
        issuers == null ? List.of() : Arrays.stream(issuers).map(Principal::getName).toList();
    last.set(
        new ClientCertificateRequest(
            clock.instant(), Arrays.asList(keyTypes), accepted, alias != null));
    return alias;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return chooseEngineClientAlias(keyTypes, issuers, null);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return keys == null ? null : keys.chooseEngineServerAlias(keyType, issuers, engine);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return keys == null ? null : keys.chooseServerAlias(keyType, issuers, socket);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return keys == null ? null : keys.getClientAliases(keyType, issuers);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return keys == null ? null : keys.getServerAliases(keyType, issuers);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return keys == null ? null : keys.getCertificateChain(alias);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return keys == null ? null : keys.getPrivateKey(alias);
  }

  private static final class Fixed extends KeyManagerFactorySpi {
    private final KeyManager manager;

    Fixed(KeyManager manager) {
      this.manager = manager;
    }

    @Override
    protected void engineInit(@Nullable KeyStore store, char @Nullable [] password) {}

    @Override
    protected void engineInit(@Nullable ManagerFactoryParameters parameters) {}

    @Override
    protected KeyManager[] engineGetKeyManagers() {
      return new KeyManager[] {manager};
    }
  }
}
