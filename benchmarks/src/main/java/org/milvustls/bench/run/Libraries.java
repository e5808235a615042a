package org.milvustls.bench.run;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.io.IOException;
import java.io.InputStream;
import java.security.Provider;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.conscrypt.Conscrypt;
import org.milvustls.client.BundledBoringSsl;
import org.milvustls.tls.NettyTls;
import org.milvustls.tls.TlsProvider;

/** Versions of the libraries that take part in a measurement, as the libraries themselves say. */
final class Libraries {
  private static final Map<String, String> MAVEN =
      Map.of(
          "milvus-sdk-java", "io.milvus/milvus-sdk-java",
          "netty", "io.netty/netty-handler",
          "jmh", "org.openjdk.jmh/jmh-core",
          "HdrHistogram", "org.hdrhistogram/HdrHistogram",
          "bcpkix", "org.bouncycastle/bcpkix-jdk18on");

  private Libraries() {}

  static Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    MAVEN.forEach((name, path) -> versions.put(name, mavenVersion(path)));
    versions.put("tls.jdk", NettyTls.describe(TlsProvider.JDK));
    versions.put("tls.boringssl", NettyTls.describe(TlsProvider.BORINGSSL));
    versions.put("tls.boringssl-in-sdk", BundledBoringSsl.describe());
    Conscrypt.Version conscrypt = Conscrypt.version();
    versions.put(
        "tls.conscrypt", conscrypt.major() + "." + conscrypt.minor() + "." + conscrypt.patch());
    versions.put("tls.bctls", versionOf(new BouncyCastleJsseProvider()));
    versions.put("jca.accp", versionOf(AmazonCorrettoCryptoProvider.INSTANCE));
    return versions;
  }

  private static String versionOf(Provider provider) {
    return provider.getName() + " " + provider.getVersionStr();
  }

  private static String mavenVersion(String path) {
    try (InputStream in =
        Libraries.class.getResourceAsStream("/META-INF/maven/" + path + "/pom.properties")) {
      if (in == null) {
        return "unknown";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
