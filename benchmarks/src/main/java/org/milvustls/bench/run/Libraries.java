package org.milvustls.bench.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.milvustls.bench.workload.ClientLibraries;

/** Versions of the libraries in a measurement, as the libraries report them. */
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
    versions.putAll(ClientLibraries.versions());
    return versions;
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
