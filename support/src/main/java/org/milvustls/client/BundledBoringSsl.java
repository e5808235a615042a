package org.milvustls.client;

import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.OpenSsl;
import io.milvus.v2.client.MilvusClientV2;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.CodeSource;
import java.util.Collections;
import java.util.Optional;
import java.util.Properties;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.AutomaticProvider;

/**
 * The BoringSSL inside the Milvus SDK. The SDK (2.6.18 and later) relocates Netty's classes without
 * renaming its native libraries, so Netty never finds its BoringSSL. The jar of this project
 * contains each library again, under the name that the relocated Netty looks for.
 */
public final class BundledBoringSsl {
  /** Chooses it where it loads; it does not load in an SDK without a relocated Netty. */
  static final AutomaticProvider AUTOMATIC = new AutomaticProvider(BundledBoringSsl::reason);

  private BundledBoringSsl() {}

  /** Whether it loads; it does not in an SDK without a relocated Netty. */
  public static boolean isAvailable() {
    return reason().isEmpty();
  }

  private static Optional<String> reason() {
    try {
      return Optional.ofNullable(OpenSsl.unavailabilityCause())
          .map(cause -> "BoringSSL of the Milvus SDK does not load (" + cause.getMessage() + ")");
    } catch (LinkageError otherwiseBuilt) {
      return Optional.of("this version of the Milvus SDK is built differently");
    }
  }

  /** The reason why it does not load, to throw or report; empty when it does. */
  public static Optional<MilvusTlsException> unavailable() {
    Throwable cause = OpenSsl.unavailabilityCause();
    return cause == null
        ? Optional.empty()
        : Optional.of(
            MilvusTlsException.failure("BoringSSL of the Milvus SDK does not load")
                .seen(System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                .allowed("Linux, macOS and Windows on x86-64; Linux and macOS on ARM 64")
                .next("take provider jdk, or put the jar of milvus-tls on the class path")
                .cause(cause)
                .build());
  }

  /** A description for reports: {@code BoringSSL (milvus-sdk-java 2.6.22, Netty 4.1.97.Final)}. */
  public static String describe() {
    return Description.TEXT;
  }

  /** Computed once: a search of the jars of the class path costs as much as a handshake. */
  private static final class Description {
    static final String TEXT =
        "BoringSSL (milvus-sdk-java " + sdkVersion() + ", Netty " + nettyVersion() + ")";
  }

  /** Version of the Milvus SDK on the class path. */
  public static String sdkVersion() {
    String version = MilvusClientV2.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  /** Two Nettys have version files of the same name; this one is in the SDK's jar. */
  private static String nettyVersion() {
    CodeSource source = OpenSsl.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return "unknown";
    }
    String jar = source.getLocation().toString();
    try {
      ClassLoader loader = OpenSsl.class.getClassLoader();
      for (URL url :
          Collections.list(loader.getResources("META-INF/io.netty.versions.properties"))) {
        if (url.toString().contains(jar)) {
          return anyVersion(url);
        }
      }
    } catch (IOException e) {
      return "unknown";
    }
    return "unknown";
  }

  private static String anyVersion(URL url) throws IOException {
    try (InputStream in = url.openStream()) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.stringPropertyNames().stream()
          .filter(name -> name.endsWith(".version"))
          .map(properties::getProperty)
          .findFirst()
          .orElse("unknown");
    }
  }
}
