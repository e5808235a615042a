package org.milvustls.tls;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;

/**
 * Named groups of one JDK connection. From version 20 on {@code SSLParameters.setNamedGroups} sets
 * them (JDK-8281236). Before, the list and its order belong to the whole JVM ({@code
 * jdk.tls.namedGroups}), but a connection can leave some of them out: JSSE asks the algorithm
 * constraints of the connection about each group by its name, for the list of groups and for the
 * key shares.
 */
final class JdkGroups {
  private static final String PROPERTY = "jdk.tls.namedGroups";

  /** Order of JDK 13 to 19 ({@code SupportedGroupsExtension}), those that this project knows. */
  private static final List<String> DEFAULTS =
      List.of("x25519", "secp256r1", "secp384r1", "secp521r1");

  private static final @Nullable MethodHandle SET_NAMED_GROUPS = findSetNamedGroups();

  private JdkGroups() {}

  /** Pins the groups of an engine; an empty list leaves them to the JVM. */
  static void apply(SSLParameters parameters, List<NamedGroup> groups) {
    if (groups.isEmpty()) {
      return;
    }
    if (SET_NAMED_GROUPS == null) {
      parameters.setAlgorithmConstraints(new Only(ids(groups)));
      return;
    }
    try {
      SET_NAMED_GROUPS.invoke(parameters, ids(groups).toArray(String[]::new));
    } catch (Throwable e) {
      throw new IllegalStateException("SSLParameters.setNamedGroups failed", e);
    }
  }

  /** The reason why this JVM does not support these groups in this order, if any. */
  static Optional<MilvusTlsException> refusal(List<NamedGroup> groups) {
    if (groups.contains(NamedGroup.X25519MLKEM768)) {
      return Optional.of(
          MilvusTlsException.usage("the JDK " + Runtime.version().feature() + " lacks the group")
              .seen(NamedGroup.X25519MLKEM768)
              .allowed("secp256r1, secp384r1, secp521r1, x25519")
              .build());
    }
    List<String> asked = ids(groups);
    List<String> ofTheJvm = ofTheJvm();
    boolean inOrder = ofTheJvm.stream().filter(asked::contains).toList().equals(asked);
    if (SET_NAMED_GROUPS != null || inOrder) {
      return Optional.empty();
    }
    return Optional.of(
        MilvusTlsException.usage(
                "JDK "
                    + Runtime.version().feature()
                    + " has its named groups in another order, or not at all")
            .seen(String.join(", ", asked))
            .allowed("any of " + String.join(", ", ofTheJvm) + ", in this order")
            .next(
                "start the JVM with -D"
                    + PROPERTY
                    + "="
                    + String.join(",", asked)
                    + ", or take JDK 20 or newer")
            .build());
  }

  private static List<String> ofTheJvm() {
    String property = System.getProperty(PROPERTY, "").replace(" ", "");
    return property.isEmpty() ? DEFAULTS : Arrays.asList(property.split(","));
  }

  private static List<String> ids(List<NamedGroup> groups) {
    return groups.stream().map(NamedGroup::id).toList();
  }

  private static @Nullable MethodHandle findSetNamedGroups() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(
              SSLParameters.class,
              "setNamedGroups",
              MethodType.methodType(void.class, String[].class));
    } catch (NoSuchMethodException | IllegalAccessException olderJdk) {
      return null;
    }
  }

  /**
   * Refuses every key exchange group but some, and nothing else. What the JVM itself has disabled
   * stays disabled: JSSE asks its own constraints too.
   *
   * <p>JSSE asks the same question about the curve of a signature scheme of TLS 1.3 ({@code
   * ecdsa_secp256r1_sha256}), straight after questions about the signature ({@code
   * SignatureScheme.isPermitted}); there the group is no key exchange group and is let pass. No
   * signature scheme has a group of RFC 7748, so that a question about one of those is always about
   * the key exchange. An instance belongs to one connection.
   */
  private static final class Only implements AlgorithmConstraints {
    private final List<String> groups;
    private boolean afterSignature;

    Only(List<String> groups) {
      this.groups = groups;
    }

    @Override
    public boolean permits(
        Set<CryptoPrimitive> primitives,
        String algorithm,
        @Nullable AlgorithmParameters parameters) {
      boolean ofSignature = afterSignature;
      afterSignature = primitives.contains(CryptoPrimitive.SIGNATURE);
      boolean curve = ofSignature && algorithm.startsWith("secp");
      return afterSignature || curve || !isGroup(algorithm) || groups.contains(algorithm);
    }

    /** The names in the IANA registry, as JSSE has them. */
    private static boolean isGroup(String algorithm) {
      return algorithm.startsWith("secp")
          || algorithm.startsWith("sect")
          || algorithm.startsWith("ffdhe")
          || algorithm.startsWith("x");
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
      return true;
    }

    @Override
    public boolean permits(
        Set<CryptoPrimitive> primitives,
        String algorithm,
        Key key,
        @Nullable AlgorithmParameters parameters) {
      return permits(primitives, algorithm, parameters);
    }
  }
}
