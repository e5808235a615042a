package org.milvustls.scan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.milvustls.pki.CertificateFacts;

/**
 * Mozilla's Server Side TLS recommendations, version 6.0 (guidelines/6.0.json of
 * mozilla/ssl-config-generator): versions, cipher suites, groups and key types that a server may
 * accept. Its rules for HTTP and OCSP stapling have no meaning for gRPC and are left out.
 */
final class MozillaGuidelines {
  private static final Set<String> TLS_1_3_SUITES =
      Set.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
  private static final Set<String> TLS_1_2_SUITES =
      Set.of(
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
  private static final Set<String> GROUPS =
      Set.of("x25519mlkem768", "x25519", "secp256r1", "secp384r1");

  /** Not on the list, but as strong as the listed ones. */
  private static final Set<String> AS_STRONG =
      Set.of("secp521r1", "x448", "secp256r1mlkem768", "secp384r1mlkem1024");

  private static final Set<String> MODERN_KEYS = Set.of("ecdsa-p256", "ecdsa-p384");
  private static final int LEAST_RSA_BITS = 2048;

  private MozillaGuidelines() {}

  /** Grades the accepted parameters and the served leaf. */
  static Grade grade(List<ProtocolScan> protocols, CertificateFacts leaf) {
    List<String> intermediate = new ArrayList<>();
    limits(
        protocols,
        EnumSet.of(Protocol.TLS_1_2, Protocol.TLS_1_3),
        isIntermediateKey(leaf.key()),
        leaf,
        intermediate);
    if (!intermediate.isEmpty()) {
      return new Grade(Grade.Level.BELOW_INTERMEDIATE, intermediate, notes(protocols));
    }
    List<String> modern = new ArrayList<>();
    limits(protocols, EnumSet.of(Protocol.TLS_1_3), MODERN_KEYS.contains(leaf.key()), leaf, modern);
    return new Grade(
        modern.isEmpty() ? Grade.Level.MODERN : Grade.Level.INTERMEDIATE, modern, notes(protocols));
  }

  private static List<String> notes(List<ProtocolScan> protocols) {
    return protocols.stream()
        .flatMap(scan -> scan.namedGroups().stream())
        .filter(AS_STRONG::contains)
        .distinct()
        .map(group -> "group " + group + " is not on the list, and no weaker than what is")
        .toList();
  }

  /** Whether the suite is recommended in its version. */
  static boolean recommendsSuite(String suite) {
    return TLS_1_3_SUITES.contains(suite) || TLS_1_2_SUITES.contains(suite);
  }

  private static boolean isIntermediateKey(String key) {
    return MODERN_KEYS.contains(key)
        || (key.startsWith("rsa-") && Integer.parseInt(key.substring(4)) >= LEAST_RSA_BITS);
  }

  private static void limits(
      List<ProtocolScan> protocols,
      Set<Protocol> allowed,
      boolean keyAllowed,
      CertificateFacts leaf,
      List<String> reasons) {
    for (ProtocolScan scan : protocols) {
      if (scan.accepted() && !allowed.contains(scan.protocol())) {
        reasons.add(scan.protocol() + " is accepted");
      }
    }
    protocols.stream()
        .filter(scan -> allowed.contains(scan.protocol()))
        .flatMap(scan -> scan.cipherSuites().stream())
        .filter(suite -> !recommendsSuite(suite))
        .distinct()
        .forEach(suite -> reasons.add(suite + " is accepted"));
    protocols.stream()
        .filter(scan -> allowed.contains(scan.protocol()))
        .flatMap(scan -> scan.namedGroups().stream())
        .filter(group -> !GROUPS.contains(group) && !AS_STRONG.contains(group))
        .distinct()
        .forEach(group -> reasons.add("group " + group + " is accepted"));
    if (!keyAllowed) {
      reasons.add("the leaf's key is " + leaf.key());
    }
  }
}
