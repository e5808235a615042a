package org.milvustls.scan;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureScheme;

/**
 * Numbers and names of the IANA registry "TLS Parameters" from Bouncy Castle, which has many more
 * than the JDK.
 */
final class Registry {
  static final int FIRST_TLS_1_3_SUITE = 0x1300;
  static final int LAST_TLS_1_3_SUITE = 0x13ff;

  private static final Map<Integer, String> SUITES = cipherSuites();
  private static final Map<Integer, String> GROUPS = groups();
  private static final Map<Integer, String> SCHEMES = signatureSchemes();

  private Registry() {}

  /** Every cipher suite that a client can offer with this version. */
  static List<Integer> suitesFor(Protocol protocol) {
    return SUITES.keySet().stream()
        .filter(suite -> isOfTls13(suite) == (protocol == Protocol.TLS_1_3))
        .toList();
  }

  private static boolean isOfTls13(int suite) {
    return suite >= FIRST_TLS_1_3_SUITE && suite <= LAST_TLS_1_3_SUITE;
  }

  static List<Integer> allGroups() {
    return List.copyOf(GROUPS.keySet());
  }

  static List<Integer> allSchemes() {
    return List.copyOf(SCHEMES.keySet());
  }

  static String suite(int number) {
    return SUITES.getOrDefault(number, number(number));
  }

  static String group(int number) {
    return GROUPS.getOrDefault(number, number(number));
  }

  static String scheme(int number) {
    return SCHEMES.getOrDefault(number, number(number));
  }

  /** The number of a parsed suite, from its IANA name or its number. */
  static int suiteNumber(String name) {
    return numberOf(name, SUITES);
  }

  /** The number of a parsed group, from its name or its number. */
  static int groupNumber(String name) {
    return numberOf(name, GROUPS);
  }

  private static int numberOf(String name, Map<Integer, String> names) {
    if (name.startsWith("0x")) {
      return Integer.parseInt(name.substring(2), 16);
    }
    return names.entrySet().stream()
        .filter(entry -> entry.getValue().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no number for " + name))
        .getKey();
  }

  private static String number(int number) {
    return String.format(Locale.ROOT, "0x%04x", number);
  }

  private static Map<Integer, String> cipherSuites() {
    Map<Integer, String> found = new TreeMap<>();
    for (Field field : CipherSuite.class.getFields()) {
      if (field.getType() == int.class && Modifier.isStatic(field.getModifiers())) {
        int number = valueOf(field);
        if (isOfferable(field.getName(), number)) {
          found.putIfAbsent(number, field.getName());
        }
      }
    }
    return found;
  }

  private static boolean isOfferable(String name, int number) {
    return number != CipherSuite.TLS_NULL_WITH_NULL_NULL
        && !name.endsWith("_SCSV")
        && !name.startsWith("DRAFT_");
  }

  private static int valueOf(Field field) {
    try {
      return field.getInt(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a public constant can be read", e);
    }
  }

  /** Elliptic curves, then the hybrids with ML-KEM, then finite fields. */
  private static Map<Integer, String> groups() {
    List<Integer> numbers = new ArrayList<>();
    for (int number = NamedGroup.sect163k1; number <= NamedGroup.x448; number++) {
      numbers.add(number);
    }
    numbers.addAll(
        List.of(
            NamedGroup.SecP256r1MLKEM768,
            NamedGroup.X25519MLKEM768,
            NamedGroup.SecP384r1MLKEM1024));
    for (int number = NamedGroup.ffdhe2048; number <= NamedGroup.ffdhe8192; number++) {
      numbers.add(number);
    }
    Map<Integer, String> found = new LinkedHashMap<>();
    for (int number : numbers) {
      found.put(number, NamedGroup.getName(number).toLowerCase(Locale.ROOT));
    }
    return found;
  }

  private static Map<Integer, String> signatureSchemes() {
    Map<Integer, String> found = new LinkedHashMap<>();
    for (int number :
        new int[] {
          SignatureScheme.ecdsa_secp256r1_sha256,
          SignatureScheme.ecdsa_secp384r1_sha384,
          SignatureScheme.ecdsa_secp521r1_sha512,
          SignatureScheme.ed25519,
          SignatureScheme.ed448,
          SignatureScheme.rsa_pss_rsae_sha256,
          SignatureScheme.rsa_pss_rsae_sha384,
          SignatureScheme.rsa_pss_rsae_sha512,
          SignatureScheme.rsa_pss_pss_sha256,
          SignatureScheme.rsa_pss_pss_sha384,
          SignatureScheme.rsa_pss_pss_sha512,
          SignatureScheme.rsa_pkcs1_sha256,
          SignatureScheme.rsa_pkcs1_sha384,
          SignatureScheme.rsa_pkcs1_sha512,
          SignatureScheme.ecdsa_sha1,
          SignatureScheme.rsa_pkcs1_sha1
        }) {
      found.put(number, SignatureScheme.getName(number));
    }
    return found;
  }
}
