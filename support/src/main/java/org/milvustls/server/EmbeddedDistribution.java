package org.milvustls.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.milvustls.MilvusTlsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * The Milvus server inside the Python package {@code milvus}, unpacked once into the user's cache
 * folder. The package is data: a binary, its libraries and a configuration template. Python
 * downloads it but does not run it.
 *
 * @param folder with {@code bin/}, {@code config.yaml.template} and {@code glog.conf}
 */
record EmbeddedDistribution(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDistribution.class);
  private static final Duration LOCK_LIMIT = Duration.ofMinutes(10);

  /** Pause between tries, because a system call that waits for a file lock has no time limit. */
  private static final Duration LOCK_PAUSE = Duration.ofMillis(100);

  private static final String DATA = "milvus/data/";

  /** Path of the server's binary. */
  Path executable() {
    return folder.resolve("bin").resolve("milvus");
  }

  /** Folder of the libraries that the binary needs on {@code LD_LIBRARY_PATH}. */
  Path libraries() {
    return folder.resolve("bin");
  }

  /** The configuration file, with <code>{{ name(type): default }}</code> where values go. */
  Path configTemplate() {
    return folder.resolve("config.yaml.template");
  }

  /** Configuration of the logging library of the native part. */
  Path glogConf() {
    return folder.resolve("glog.conf");
  }

  /** The reason why the package cannot run on this machine; empty when it can. */
  static Optional<String> unsupported(String osName, String osArch) {
    boolean linux = osName.equalsIgnoreCase("linux");
    boolean x86 = Set.of("amd64", "x86_64").contains(osArch);
    return linux && x86
        ? Optional.empty()
        : Optional.of(
            "the package milvus %s has a server for Linux on x86_64 only, this is %s on %s"
                .formatted(MilvusWheel.PINNED.version(), osName, osArch));
  }

  /** The unpacked distribution, if it is in the cache. */
  static Optional<EmbeddedDistribution> cached(Path cache, MilvusWheel wheel) {
    Path folder = folderOf(cache, wheel);
    return Files.isDirectory(folder)
        ? Optional.of(new EmbeddedDistribution(folder))
        : Optional.empty();
  }

  /**
   * The unpacked distribution; fetches and unpacks it if it is not in the cache. A second process
   * waits for the first.
   *
   * @throws MilvusTlsException when it cannot be fetched, differs from its pinned hash, or cannot
   *     be written
   */
  static EmbeddedDistribution obtain(Path cache, MilvusWheel wheel) {
    Optional<EmbeddedDistribution> there = cached(cache, wheel);
    if (there.isPresent()) {
      return there.get();
    }
    FolderLock lock = waitForLock(cache.resolve(wheel.name() + ".lock"));
    try {
      return cached(cache, wheel).orElseGet(() -> install(cache, wheel));
    } finally {
      lock.close();
    }
  }

  private static FolderLock waitForLock(Path file) {
    long end = System.nanoTime() + LOCK_LIMIT.toNanos();
    try {
      while (System.nanoTime() < end) {
        Optional<FolderLock> lock = FolderLock.tryTake(file);
        if (lock.isPresent()) {
          return lock.get();
        }
        Thread.sleep(LOCK_PAUSE.toMillis());
      }
    } catch (IOException e) {
      throw notWritable(file, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MilvusTlsException.failure("interrupted while another process unpacks Milvus")
          .cause(e)
          .build();
    }
    throw MilvusTlsException.failure(
            "another process has been unpacking Milvus for " + LOCK_LIMIT.toMinutes() + " minutes")
        .seen(file)
        .next("end that process, then try again")
        .build();
  }

  private static EmbeddedDistribution install(Path cache, MilvusWheel wheel) {
    Path work = cache.resolve(wheel.name() + ".part");
    try {
      // Exclusive while this process has the lock; any content is from a killed process.
      Folders.delete(work);
      Files.createDirectories(work);
      try {
        Path file = wheel.obtain(cache, work);
        wheel.verify(file);
        LOG.info("unpacking Milvus {} (246 MB, once)", wheel.version());
        Path unpacked = work.resolve("unpacked");
        unpack(file, unpacked);
        Path folder = folderOf(cache, wheel);
        Files.move(unpacked, folder, StandardCopyOption.ATOMIC_MOVE);
        return new EmbeddedDistribution(folder);
      } finally {
        Folders.delete(work);
      }
    } catch (IOException e) {
      throw notWritable(work, e);
    }
  }

  private static MilvusTlsException notWritable(Path file, IOException e) {
    return MilvusTlsException.failure("the embedded Milvus could not be unpacked")
        .seen(file)
        .next(
            "it needs 400 MB that can be written; name another folder with " + CacheFolder.OVERRIDE)
        .cause(e)
        .build();
  }

  private static void unpack(Path wheel, Path to) throws IOException {
    Path bin = Files.createDirectories(to.resolve("bin"));
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
        ZipEntry entry = e.nextElement();
        Path name = Path.of(entry.getName()).getFileName();
        if (entry.getName().startsWith(DATA + "bin/") && entry.getName().endsWith(".lzma")) {
          String plain = name.toString().substring(0, name.toString().length() - ".lzma".length());
          unpackXz(zip, entry, bin.resolve(plain));
        } else if (entry.getName().equals(DATA + "config.yaml.template")
            || entry.getName().equals(DATA + "glog.conf")) {
          try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, to.resolve(name));
          }
        }
      }
    }
    Files.setPosixFilePermissions(
        bin.resolve("milvus"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void unpackXz(ZipFile zip, ZipEntry entry, Path file) throws IOException {
    try (InputStream in =
        new XZInputStream(new BufferedInputStream(zip.getInputStream(entry), 1 << 16))) {
      Files.copy(in, file);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("the package holds " + file.getFileName() + " twice", e);
    }
  }

  private static Path folderOf(Path cache, MilvusWheel wheel) {
    return cache.resolve(wheel.name());
  }
}
