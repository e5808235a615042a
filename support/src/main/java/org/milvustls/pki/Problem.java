package org.milvustls.pki;

/** The kinds of problem with a certificate, its key or its chain. */
public enum Problem {
  /** No subject alternative name: no client matches it to a host, whatever the subject is. */
  NO_NAMES("no-names"),
  /** The extended key usage does not allow the use of the certificate. */
  WRONG_USAGE("wrong-usage"),
  /** The private key beside it belongs to another certificate. */
  KEY_MISMATCH("key-mismatch"),
  /** Users other than its owner can read the private key: everyone, or an unintended group. */
  KEY_READABLE_BY_OTHERS("key-readable-by-others"),
  /** A private key in a file of certificates, which people share. */
  KEY_IN_PUBLIC_FILE("key-in-public-file"),
  /** No given trust anchor signed the end of the chain: usually an intermediate is missing. */
  CHAIN_INCOMPLETE("chain-incomplete"),
  /** The chain ends at a root that is not among the given trust anchors. */
  CHAIN_UNTRUSTED("chain-untrusted"),
  /** Certificates that do not sign one another in the order of the file. */
  CHAIN_BROKEN("chain-broken"),
  /** A key that is too short. */
  WEAK_KEY("weak-key"),
  /** A signature over a broken hash. */
  WEAK_SIGNATURE("weak-signature"),
  /** Its issuer expires first, which makes it invalid. */
  OUTLIVES_ISSUER("outlives-issuer"),
  /** A trust anchor that is not a CA certificate: JVMs then do not check its expiry. */
  LEAF_AS_TRUST_ANCHOR("leaf-as-trust-anchor"),
  /** Not-after has passed. */
  EXPIRED("expired"),
  /** Not-before is in the future. */
  NOT_YET_VALID("not-yet-valid"),
  /** None of its names is the name of the server. */
  NAME_MISMATCH("name-mismatch"),
  /** The server rejected the client with this certificate. */
  CLIENT_REFUSED("client-refused");

  private final String id;

  Problem(String id) {
    this.id = id;
  }

  /** The name in reports. */
  public String id() {
    return id;
  }

  @Override
  public String toString() {
    return id;
  }
}
