package org.milvustls.bench.workload;

import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.BCSSLEngine;
import org.bouncycastle.jsse.BCSSLParameters;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.SessionReuse;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;

/** Bouncy Castle's JSSE over Bouncy Castle's JCA provider, both in Java. */
final class BouncyCastleLibrary implements ClientLibrary {
  private static final Set<KeyType> RSA =
      Set.of(KeyType.RSA_2048, KeyType.RSA_3072, KeyType.RSA_4096);

  /**
   * Bouncy Castle logs to stderr which entries of the JVM's security properties it does not
   * support. A field, because java.util.logging loses the level of a logger without a reference.
   */
  private static final Logger LOG = Logger.getLogger("org.bouncycastle.jsse");

  @Override
  public TlsProvider settingsOf() {
    return TlsProvider.JDK;
  }

  @Override
  public Optional<String> limit(TlsMode mode, Cell.Tls tls) {
    boolean tls13 = tls.protocol() == TlsProtocol.TLS_1_3;
    if (mode == TlsMode.MUTUAL && tls13 && !RSA.contains(tls.keyType())) {
      return Optional.of(
          "Bouncy Castle's JSSE asks for a client key by names of TLS 1.3 (EC/secp256r1) that the"
              + " JDK's key manager does not know");
    }
    if (tls.resumption().resumes() && tls13) {
      return Optional.of("Bouncy Castle's JSSE resumes no session of TLS 1.3");
    }
    return tls.resumption() == SessionReuse.TICKET
        ? Optional.of("Bouncy Castle's JSSE knows no tickets")
        : Optional.empty();
  }

  @Override
  public HandshakeClient open(Cell.Tls tls, TlsSettings settings) {
    LOG.setLevel(Level.SEVERE);
    return JsseClient.of(
        provider(), settings, false, true, engine -> setGroups(engine, groups(settings)));
  }

  private static BouncyCastleJsseProvider provider() {
    return new BouncyCastleJsseProvider(new BouncyCastleProvider());
  }

  /**
   * Bouncy Castle accepts an ECDSA signature only when its curve is among the groups, in TLS 1.3
   * too. It sends a key share for the first group only.
   */
  private static String[] groups(TlsSettings settings) {
    return Stream.concat(
            settings.namedGroups().stream(), Stream.of(NamedGroup.SECP256R1, NamedGroup.SECP384R1))
        .distinct()
        .map(NamedGroup::id)
        .toArray(String[]::new);
  }

  private static void setGroups(SSLEngine engine, String[] names) {
    if (engine instanceof BCSSLEngine bouncyCastle) {
      BCSSLParameters more = bouncyCastle.getParameters();
      more.setNamedGroups(names);
      more.setEarlyKeyShares(new String[] {names[0]});
      bouncyCastle.setParameters(more);
    }
  }

  @Override
  public boolean isNamed(String provider) {
    return provider.startsWith("BCJSSE ");
  }

  @Override
  public String versionKey() {
    return "tls.bctls";
  }

  @Override
  public String version() {
    return JsseClient.describe(provider());
  }
}
