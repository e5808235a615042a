package org.milvustls.pki;

import java.util.regex.Pattern;
import org.milvustls.MilvusTlsException;

/** The name of a leaf: a folder, and for clients a DNS name in the certificate too. */
public final class LeafName {
  private static final Pattern VALID =
      Pattern.compile(
          "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");
  private static final int LONGEST = 63;

  private LeafName() {}

  /** Returns the name; one that is not a valid folder and DNS name is a usage error. */
  public static String check(String name) {
    if (name.length() > LONGEST || !VALID.matcher(name).matches()) {
      throw MilvusTlsException.usage("not a name for a server or a client")
          .seen(name)
          .allowed(
              "1 to "
                  + LONGEST
                  + " letters, digits, dots and hyphens, starting and ending with a"
                  + " letter or digit")
          .build();
    }
    return name;
  }
}
