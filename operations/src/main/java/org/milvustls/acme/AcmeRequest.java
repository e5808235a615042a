package org.milvustls.acme;

import java.util.List;
import java.util.Objects;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.HostName;
import org.milvustls.pki.KeyType;
import org.milvustls.pki.LeafName;
import org.milvustls.pki.LeafRequest;
import org.milvustls.pki.LeafStorage;

/**
 * The request for a server leaf from an ACME CA.
 *
 * @param server name of the server's folder
 * @param names DNS names, wildcards (dns-01 only) or addresses (http-01 only)
 * @param keyType kind of the leaf's key; public CAs sign no Ed25519
 * @param storage storage of the files
 * @param settings CA and challenge
 */
public record AcmeRequest(
    String server,
    List<HostName> names,
    KeyType keyType,
    LeafStorage storage,
    AcmeSettings settings) {
  public AcmeRequest {
    LeafName.check(server);
    names = names.stream().distinct().toList();
    Objects.requireNonNull(storage, "storage");
    Objects.requireNonNull(settings, "settings");
    if (keyType == KeyType.ED25519) {
      throw MilvusTlsException.usage("public CAs sign no Ed25519 keys")
          .seen(keyType)
          .allowed("ecdsa-p256, ecdsa-p384, rsa-2048, rsa-3072, rsa-4096")
          .build();
    }
    for (HostName name : names) {
      requireFit(name, settings.challenge());
    }
  }

  private static void requireFit(HostName name, ChallengeType challenge) {
    boolean wildcard = name.value().startsWith("*.");
    boolean address = name.kind() == HostName.Kind.IP;
    if ((wildcard && challenge == ChallengeType.HTTP_01)
        || (address && challenge == ChallengeType.DNS_01)) {
      throw MilvusTlsException.usage(
              (wildcard ? "a wildcard" : "an address")
                  + " cannot be shown to be ours by "
                  + challenge)
          .seen(name)
          .allowed(wildcard ? "dns-01" : "http-01")
          .build();
    }
  }

  LeafRequest leaf() {
    return LeafRequest.server(server, names).withKeyType(keyType);
  }
}
