package org.milvustls.bench.workload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;

/**
 * Loads a second copy of the Milvus SDK in this JVM, as its users have it. Defines the classes of
 * the SDK, of its gRPC and of this project that use it again; shares all others. The first copy
 * continues to use BoringSSL.
 */
final class SdkLoader extends URLClassLoader {
  /** The last SDK version that finds the BoringSSL in its gRPC. */
  static final String EARLIER_VERSION = "2.6.17";

  private static final List<String> OURS = List.of("org.milvustls.");
  private static final List<String> OF_THE_SDK =
      List.of("io.milvus.", "milvus.", "io.grpc.", "io.perfmark.");
  private static final String ADDED_BY_US = "io_milvus_shaded_";

  private final boolean ownJars;

  private SdkLoader(URL... jars) {
    super("milvus-sdk-as-shipped", jars, SdkLoader.class.getClassLoader());
    this.ownJars = jars.length > 0;
  }

  /**
   * The SDK of the class path, without the native libraries that the jar of this project adds under
   * the names that the SDK's Netty looks for.
   */
  static SdkLoader asShipped() {
    return new SdkLoader();
  }

  /**
   * The SDK {@value #EARLIER_VERSION} with its gRPC, from the folder in which the build puts their
   * jars.
   *
   * @throws MilvusTlsException of usage, when they are not there
   */
  static SdkLoader ofEarlierVersion() {
    Path folder = besideThisCode("sdk-" + EARLIER_VERSION);
    List<URL> jars = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
        for (Path jar : files) {
          jars.add(jar.toUri().toURL());
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + folder, e);
      }
    }
    if (jars.isEmpty()) {
      throw MilvusTlsException.usage(
              "the jars of the SDK " + EARLIER_VERSION + " are not beside those of this project")
          .seen(folder)
          .next("build with Maven, which puts them there: mvn -pl benchmarks -am package")
          .build();
    }
    return new SdkLoader(jars.toArray(URL[]::new));
  }

  private static Path besideThisCode(String name) {
    try {
      URL code = SdkLoader.class.getProtectionDomain().getCodeSource().getLocation();
      return Path.of(code.toURI()).resolveSibling(name);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of this code is no URI", e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    boolean ours = OURS.stream().anyMatch(name::startsWith);
    if (!ours && OF_THE_SDK.stream().noneMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      return ownJars && !ours ? findClass(name) : defineAnew(name);
    }
  }

  private Class<?> defineAnew(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = getParent().getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] code = in.readAllBytes();
      return defineClass(name, code, 0, code.length);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own != null || name.contains(ADDED_BY_US) ? own : super.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return name.contains(ADDED_BY_US) ? Collections.emptyEnumeration() : super.getResources(name);
  }
}
