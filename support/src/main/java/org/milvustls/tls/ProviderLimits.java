package org.milvustls.tls;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;

/**
 * What a provider cannot be told, so that nothing is measured or used under a wrong label. A
 * refusal is a value; the factories throw it.
 *
 * <ul>
 *   <li>BoringSSL always offers its three TLS 1.3 cipher suites: none can be pinned.
 *   <li>The JDK takes named groups for a connection from version 20 on ({@code
 *       SSLParameters.setNamedGroups}, JDK-8281236). Before, only the system property {@code
 *       jdk.tls.namedGroups} sets them, for the whole JVM, and it is read once.
 * </ul>
 */
public final class ProviderLimits {
  private static final String GROUPS_PROPERTY = "jdk.tls.namedGroups";
  private static final @Nullable MethodHandle SET_NAMED_GROUPS = findSetNamedGroups();

  private ProviderLimits() {}

  /** The reason why these settings cannot be had from the provider, if there is one. */
  public static Optional<MilvusTlsException> refusal(
      TlsSettings settings, Collection<String> supportedSuites) {
    if (!settings.mode().isEncrypted()) {
      return Optional.empty();
    }
    return unknownSuites(settings, supportedSuites)
        .or(() -> unpinnableSuites(settings))
        .or(() -> suitesOfOtherProtocols(settings))
        .or(() -> jdkGroups(settings));
  }

  /** Sets groups on a JDK engine where the JVM has a method for it; otherwise does nothing. */
  public static void applyJdkGroups(SSLParameters parameters, List<NamedGroup> groups) {
    if (SET_NAMED_GROUPS == null || groups.isEmpty()) {
      return;
    }
    try {
      SET_NAMED_GROUPS.invoke(parameters, ids(groups).toArray(String[]::new));
    } catch (Throwable e) {
      throw new IllegalStateException("SSLParameters.setNamedGroups failed", e);
    }
  }

  private static Optional<MilvusTlsException> unknownSuites(
      TlsSettings settings, Collection<String> supported) {
    List<String> unknown =
        settings.cipherSuites().stream().filter(suite -> !supported.contains(suite)).toList();
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            MilvusTlsException.usage("cipher suites that " + settings.provider() + " does not have")
                .seen(String.join(", ", unknown))
                .allowed(String.join(", ", supported))
                .build());
  }

  private static Optional<MilvusTlsException> unpinnableSuites(TlsSettings settings) {
    List<String> refused =
        settings.provider() == TlsProvider.BORINGSSL
            ? settings.cipherSuites().stream().filter(ProviderLimits::isTls13Suite).toList()
            : List.of();
    return refused.isEmpty()
        ? Optional.empty()
        : Optional.of(
            MilvusTlsException.usage("BoringSSL cannot pin a TLS 1.3 cipher suite: it offers all")
                .seen(String.join(", ", refused))
                .allowed("TLS 1.2 cipher suites with protocol tls1.2, or none")
                .next("leave the cipher suite out, or take provider jdk")
                .build());
  }

  private static Optional<MilvusTlsException> suitesOfOtherProtocols(TlsSettings settings) {
    List<String> suites = settings.cipherSuites();
    if (suites.isEmpty()) {
      return Optional.empty();
    }
    List<TlsProtocol> asked =
        settings.protocols().isEmpty() ? Arrays.asList(TlsProtocol.values()) : settings.protocols();
    for (TlsProtocol protocol : asked) {
      boolean any = suites.stream().anyMatch(suite -> isTls13Suite(suite) == isTls13(protocol));
      if (!any) {
        return Optional.of(
            MilvusTlsException.usage("no cipher suite is asked for " + protocol)
                .seen(String.join(", ", suites))
                .next("ask for the protocol that these cipher suites belong to, and no other")
                .build());
      }
    }
    return suites.stream()
        .filter(suite -> asked.stream().noneMatch(p -> isTls13(p) == isTls13Suite(suite)))
        .findFirst()
        .map(
            suite ->
                MilvusTlsException.usage("cipher suite of a protocol that is not asked for")
                    .seen(suite)
                    .build());
  }

  private static Optional<MilvusTlsException> jdkGroups(TlsSettings settings) {
    if (settings.provider() != TlsProvider.JDK || settings.namedGroups().isEmpty()) {
      return Optional.empty();
    }
    if (settings.namedGroups().contains(NamedGroup.X25519MLKEM768)) {
      return Optional.of(
          MilvusTlsException.usage("the JDK " + Runtime.version().feature() + " lacks the group")
              .seen(NamedGroup.X25519MLKEM768)
              .allowed("secp256r1, secp384r1, secp521r1, x25519")
              .build());
    }
    String asked = String.join(",", ids(settings.namedGroups()));
    String running = System.getProperty(GROUPS_PROPERTY, "").replace(" ", "");
    if (SET_NAMED_GROUPS != null || asked.equals(running)) {
      return Optional.empty();
    }
    return Optional.of(
        MilvusTlsException.usage(
                "JDK " + Runtime.version().feature() + " sets named groups for the whole JVM only")
            .seen(asked)
            .allowed(running.isEmpty() ? "none, as the JVM was started" : running)
            .next(
                "start the JVM with -D"
                    + GROUPS_PROPERTY
                    + "="
                    + asked
                    + ", or take JDK 20 or newer")
            .build());
  }

  private static boolean isTls13(TlsProtocol protocol) {
    return protocol == TlsProtocol.TLS_1_3;
  }

  /** TLS 1.3 names its suites without a key exchange (RFC 8446 appendix B.4). */
  private static boolean isTls13Suite(String name) {
    return !name.contains("_WITH_");
  }

  private static List<String> ids(List<NamedGroup> groups) {
    return groups.stream().map(NamedGroup::id).collect(Collectors.toList());
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
}
