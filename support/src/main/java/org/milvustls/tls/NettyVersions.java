package org.milvustls.tls;

import io.netty.util.Version;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Versions of the current Netty and of its BoringSSL, read from their jars. */
final class NettyVersions {
  private static final String TCNATIVE =
      "/META-INF/maven/io.netty/netty-tcnative-classes/pom.properties";

  private NettyVersions() {}

  static String netty() {
    Version version = Version.identify().get("netty-handler");
    return version == null ? "unknown" : version.artifactVersion();
  }

  static String tcnative() {
    try (InputStream in = NettyVersions.class.getResourceAsStream(TCNATIVE)) {
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
