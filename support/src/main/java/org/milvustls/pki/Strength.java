package org.milvustls.pki;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limits for weak keys and signatures: NIST SP 800-57 part 1, and the CA/Browser Forum's
 * baseline.
 */
final class Strength {
  private static final Pattern RSA = Pattern.compile("rsa-(\\d+)");
  private static final Pattern ELLIPTIC = Pattern.compile("ecdsa-p(\\d+)");
  private static final int LEAST_RSA_BITS = 2048;
  private static final int LEAST_CURVE_BITS = 256;

  private Strength() {}

  /** Decides by the notation of {@link KeyType#id()}. */
  static boolean isWeakKey(String key) {
    Matcher rsa = RSA.matcher(key);
    if (rsa.matches()) {
      return Integer.parseInt(rsa.group(1)) < LEAST_RSA_BITS;
    }
    Matcher curve = ELLIPTIC.matcher(key);
    boolean shortCurve = curve.matches() && Integer.parseInt(curve.group(1)) < LEAST_CURVE_BITS;
    return shortCurve || key.equals("dsa");
  }

  /** MD2, MD5 and SHA-1 are weak: collisions are practical. */
  static boolean isWeakSignature(String algorithm) {
    String name = algorithm.toLowerCase(Locale.ROOT);
    return name.startsWith("md") || name.startsWith("sha1") || name.startsWith("sha-1");
  }
}
