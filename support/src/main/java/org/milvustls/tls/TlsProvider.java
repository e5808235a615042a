package org.milvustls.tls;

import org.milvustls.MilvusTlsException;

/** The TLS implementation on the client's side. */
public enum TlsProvider {
  /** The JSSE of the running JVM. */
  JDK("jdk"),
  /** BoringSSL through netty-tcnative, the current one or the one inside the Milvus SDK. */
  BORINGSSL("boringssl");

  private final String id;

  TlsProvider(String id) {
    this.id = id;
  }

  /** The name used in options, files and reports. */
  public String id() {
    return id;
  }

  /**
   * Finds a provider by its {@link #id()}; an unknown name is a usage error that lists the valid
   * ones.
   */
  public static TlsProvider of(String id) {
    for (TlsProvider provider : values()) {
      if (provider.id.equals(id)) {
        return provider;
      }
    }
    throw MilvusTlsException.usage("unknown TLS provider")
        .seen(id)
        .allowed("jdk, boringssl")
        .build();
  }

  @Override
  public String toString() {
    return id;
  }
}
