package org.milvustls.tls;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import org.milvustls.MilvusTlsException;

/**
 * The settings that a provider does not support, so that no measurement or connection has a wrong
 * label. A refusal is a value; the factories throw it.
 *
 * <ul>
 *   <li>BoringSSL always offers its three TLS 1.3 cipher suites: none can be pinned.
 *   <li>Named groups of the JDK have the order of the JVM before version 20: see {@link JdkGroups}.
 * </ul>
 */
public final class ProviderLimits {
  private ProviderLimits() {}

  /** The reason why the provider does not support these settings, if any. */
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

  /** Pins the groups of a JDK engine; an empty list leaves them to the JVM. */
  public static void applyJdkGroups(SSLParameters parameters, List<NamedGroup> groups) {
    JdkGroups.apply(parameters, groups);
  }

  private static Optional<MilvusTlsException> unknownSuites(
      TlsSettings settings, Collection<String> supported) {
    List<String> unknown =
        settings.cipherSuites().stream().filter(suite -> !supported.contains(suite)).toList();
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            MilvusTlsException.usage(
                    "cipher suites that "
                        + settings.provider().map(TlsProvider::id).orElse("auto")
                        + " does not have")
                .seen(String.join(", ", unknown))
                .allowed(String.join(", ", supported))
                .build());
  }

  private static Optional<MilvusTlsException> unpinnableSuites(TlsSettings settings) {
    List<String> refused =
        settings.isBy(TlsProvider.BORINGSSL)
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
    return settings.isBy(TlsProvider.JDK) && !settings.namedGroups().isEmpty()
        ? JdkGroups.refusal(settings.namedGroups())
        : Optional.empty();
  }

  private static boolean isTls13(TlsProtocol protocol) {
    return protocol == TlsProtocol.TLS_1_3;
  }

  /** TLS 1.3 names its suites without a key exchange (RFC 8446 appendix B.4). */
  private static boolean isTls13Suite(String name) {
    return !name.contains("_WITH_");
  }
}
