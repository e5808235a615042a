package org.milvustls.bench.workload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A second copy of the Milvus SDK in this JVM, as its users have it: without the native libraries
 * that the jar of this project adds under the names that the SDK's Netty looks for. The classes of
 * the SDK and those of ours that touch it are defined anew from the same class path; all else is
 * shared. Beside it the first copy goes on with BoringSSL.
 */
final class SdkLoader extends ClassLoader {
  private static final List<String> DEFINED_HERE =
      List.of("io.milvus.", "milvus.", "org.milvustls.");
  private static final String ADDED_BY_US = "io_milvus_shaded_";

  SdkLoader() {
    super("milvus-sdk-as-shipped", SdkLoader.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (DEFINED_HERE.stream().noneMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
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
    return name.contains(ADDED_BY_US) ? null : super.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return name.contains(ADDED_BY_US) ? Collections.emptyEnumeration() : super.getResources(name);
  }
}
