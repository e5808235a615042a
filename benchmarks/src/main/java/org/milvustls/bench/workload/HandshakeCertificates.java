package org.milvustls.bench.workload;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.milvustls.bench.scenario.ChainMemory;
import org.milvustls.pki.AuthorityRequest;
import org.milvustls.pki.CertificateAuthority;
import org.milvustls.pki.IssuedCertificate;
import org.milvustls.pki.KeyType;
import org.milvustls.pki.LeafRequest;
import org.milvustls.tls.Identity;
import org.milvustls.tls.TrustSource;

/**
 * Certificates for handshakes in memory: root, intermediate (not in short chains) and leaves, all
 * of one key type. They are made once for each key type and shared by the arms of this JVM, so that
 * arms do not differ in their certificates. Keys stay in memory.
 *
 * <p>{@code sun.security.provider.X509Factory} caches the last 750 certificates of the JVM by their
 * bytes (JDK 17 to 25), and each of them caches the key that verified it. With {@value
 * #UNSEEN_LEAVES} leaves in turn, none is still in the cache. They share one key, because the cache
 * is about the CA's signature over the certificate.
 */
final class HandshakeCertificates {
  /** Contains dots, so that both providers send it as server name (RFC 6066 section 3). */
  static final String HOST = "milvus.example.org";

  /** More leaves than the JVM caches. */
  static final int UNSEEN_LEAVES = 900;

  private static final int SHORTEST = 2;

  private record Kind(KeyType keyType, int certificates) {}

  private static final Map<Kind, HandshakeCertificates> MADE = new ConcurrentHashMap<>();

  private final KeyType keyType;
  private final CertificateAuthority root;
  private final CertificateAuthority issuer;
  private final IssuedCertificate seen;
  private final IssuedCertificate client;
  private @Nullable List<List<X509Certificate>> unseen;
  private int nextUnseen;

  private HandshakeCertificates(KeyType keyType, int certificates) {
    this.keyType = keyType;
    this.root =
        CertificateAuthority.root(
            AuthorityRequest.root("Handshake root " + keyType).withKeyType(keyType),
            Clock.systemUTC());
    CertificateAuthority above = root;
    if (certificates > SHORTEST) {
      above =
          root.intermediate(
              AuthorityRequest.intermediate("Handshake intermediate " + keyType)
                  .withKeyType(keyType));
    }
    this.issuer = above;
    this.seen = issuer.issue(serverLeaf());
    this.client = issuer.issue(LeafRequest.client("benchmark").withKeyType(keyType));
  }

  /** The certificates of a key type; the first call makes them. */
  static HandshakeCertificates of(KeyType keyType) {
    return of(keyType, 3);
  }

  /**
   * The same with another length of the chain.
   *
   * @param certificates length of the chain, leaf and root included: 2 or 3
   */
  static HandshakeCertificates of(KeyType keyType, int certificates) {
    return MADE.computeIfAbsent(
        new Kind(keyType, certificates), kind -> new HandshakeCertificates(keyType, certificates));
  }

  private LeafRequest serverLeaf() {
    return LeafRequest.server("milvus", org.milvustls.pki.HostName.listOf(HOST))
        .withKeyType(keyType);
  }

  /**
   * Issues the chains for {@link #next} in advance, so that none is issued during a measurement.
   */
  synchronized void prepare(ChainMemory memory) {
    if (memory == ChainMemory.SEEN || unseen != null) {
      return;
    }
    List<List<X509Certificate>> leaves = new ArrayList<>(UNSEEN_LEAVES);
    for (int i = 0; i < UNSEEN_LEAVES; i++) {
      leaves.add(issuer.issue(serverLeaf(), seen.certificate().getPublicKey()));
    }
    unseen = leaves;
  }

  /** The chain that the server shows next, leaf first. */
  synchronized List<X509Certificate> next(ChainMemory memory) {
    if (memory == ChainMemory.SEEN) {
      return seen.chain();
    }
    prepare(memory);
    List<List<X509Certificate>> leaves = java.util.Objects.requireNonNull(unseen);
    nextUnseen = (nextUnseen + 1) % leaves.size();
    return leaves.get(nextUnseen);
  }

  /** Key of every server leaf. */
  PrivateKey serverKey() {
    return seen.privateKey();
  }

  /** The client certificate for mutual mode. */
  Identity client() {
    return Identity.of(client.chain(), client.privateKey());
  }

  /** The chain of {@link #client}, leaf first. */
  List<X509Certificate> clientChain() {
    return client.chain();
  }

  /** The trust anchors of both sides. */
  TrustSource trust() {
    return TrustSource.certificates(List.of(root.certificate()));
  }

  X509Certificate rootCertificate() {
    return root.certificate();
  }

  @Override
  public String toString() {
    return "HandshakeCertificates[" + keyType + ", keys hidden]";
  }
}
