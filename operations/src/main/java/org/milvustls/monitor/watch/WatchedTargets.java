package org.milvustls.monitor.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Supplier;
import org.milvustls.MilvusTlsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The current targets. They are read again when their file changes, and stay when the new file is
 * broken.
 */
public final class WatchedTargets {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedTargets.class);
  private final Optional<Path> file;
  private final Supplier<Watched> reader;
  private Watched current;
  private String seen;

  /**
   * Reads them for the first time.
   *
   * @param file file to watch for changes; empty: no list
   * @param reader reads all; a {@link MilvusTlsException} reports an error
   */
  public WatchedTargets(Optional<Path> file, Supplier<Watched> reader) {
    this.file = file;
    this.reader = reader;
    this.seen = stamp();
    this.current = reader.get();
  }

  synchronized Watched current() {
    return current;
  }

  /** Whether the file has changed since the last read. */
  synchronized boolean hasChanged() {
    return !stamp().equals(seen);
  }

  /** Reads again; returns whether the targets are new. */
  synchronized boolean reload() {
    seen = stamp();
    try {
      current = reader.get();
      LOG.info("the targets were read again: {} of them", current.targets().size());
      return true;
    } catch (MilvusTlsException e) {
      LOG.warn(
          "the new targets are broken, the {} before are kept: {}",
          current.targets().size(),
          e.getMessage());
      return false;
    }
  }

  /** The identity of the file. Follows symlinks, so that a switched one is a change. */
  private String stamp() {
    if (file.isEmpty()) {
      return "";
    }
    try {
      BasicFileAttributes read = Files.readAttributes(file.get(), BasicFileAttributes.class);
      return read.lastModifiedTime() + " " + read.size() + " " + read.fileKey();
    } catch (IOException e) {
      return "missing";
    }
  }
}
