package org.milvustls.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.milvustls.MilvusTlsException;

/** Another JVM than that of the harness, identified by the file {@code release} of its home. */
public final class OtherJvm {
  private static final int OLDEST = 17;

  private OtherJvm() {}

  /**
   * The home of a JVM that can run the forks.
   *
   * @throws MilvusTlsException of usage, when it is missing or too old
   */
  public static String home(Path given) {
    Path home = given.toAbsolutePath().normalize();
    if (!Files.isExecutable(home.resolve("bin").resolve("java"))) {
      throw MilvusTlsException.usage("no JVM: bin/java is not there")
          .seen(given)
          .allowed("the home of a JDK " + OLDEST + " or newer")
          .build();
    }
    String version = version(home);
    if (feature(version) < OLDEST) {
      throw MilvusTlsException.usage("the JVM is too old for the forks")
          .seen(version)
          .allowed("JDK " + OLDEST + " or newer")
          .build();
    }
    return home.toString();
  }

  private static String version(Path home) {
    Properties release = new Properties();
    try (var in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
    } catch (IOException e) {
      throw MilvusTlsException.usage("no JVM: its file 'release' cannot be read")
          .seen(home)
          .cause(e)
          .build();
    }
    return release.getProperty("JAVA_VERSION", "unknown").replace("\"", "");
  }

  private static int feature(String version) {
    try {
      return Runtime.Version.parse(version).feature();
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }
}
