package org.milvustls.monitor.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.milvustls.MilvusTlsException;
import org.milvustls.monitor.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with the last alerts of each channel (mode 0600, replaced in one step). After a restart
 * the monitor repeats no alert and loses no resolved one. A lock file beside it excludes a second
 * monitor, which would send the same alerts and overwrite the file. The operating system releases
 * the lock when the process ends, even after a crash.
 */
public final class AlertMemory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertMemory.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Path file;
  private final FileChannel lock;
  private final Map<String, Map<String, Told>> channels;

  private AlertMemory(Path file, FileChannel lock, Map<String, Map<String, Told>> channels) {
    this.file = file;
    this.lock = lock;
    this.channels = channels;
  }

  /**
   * Reads the file. A missing one is empty; a damaged one is renamed and reported.
   *
   * @throws MilvusTlsException when another monitor has it open, or it cannot be written
   */
  public static AlertMemory open(Path file) {
    FileChannel lock = lock(file);
    try {
      return read(file, lock);
    } catch (MilvusTlsException e) {
      close(lock);
      throw e;
    }
  }

  private static AlertMemory read(Path file, FileChannel lock) {
    if (!Files.exists(file)) {
      AlertMemory empty = new AlertMemory(file, lock, new HashMap<>());
      empty.save();
      return empty;
    }
    try {
      return new AlertMemory(file, lock, read(JSON.readTree(Files.readString(file))));
    } catch (IOException | RuntimeException e) {
      Path aside = file.resolveSibling(file.getFileName() + ".damaged");
      LOG.warn(
          "{} cannot be read ({}): it is moved to {}, and alerts are sent anew",
          file,
          e.getMessage(),
          aside);
      move(file, aside);
      return new AlertMemory(file, lock, new HashMap<>());
    }
  }

  private static FileChannel lock(Path file) {
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              file.resolveSibling(file.getFileName() + ".lock"),
              EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      throw unusable(file, e);
    }
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // A lock of this JVM counts like one of another process.
    } catch (IOException e) {
      close(channel);
      throw unusable(file, e);
    }
    close(channel);
    throw MilvusTlsException.failure("another monitor keeps what it told in this file")
        .seen(file)
        .next("end that one, or give this one a file of its own with --state")
        .build();
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // No longer needed.
    }
  }

  /** Releases the lock for another monitor. */
  @Override
  public void close() {
    close(lock);
  }

  /** The last alerts by target; {@link #save} stores changes. */
  Map<String, Told> of(String channel) {
    return channels.computeIfAbsent(channel, any -> new TreeMap<>());
  }

  void save() {
    try {
      // A new temporary file has mode 0600.
      Path folder = file.toAbsolutePath().getParent();
      Path part = Files.createTempFile(folder, ".alerts", ".part");
      try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(json().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static void move(Path file, Path aside) {
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw MilvusTlsException.failure("the damaged file of sent alerts cannot be moved")
          .seen(file)
          .cause(e)
          .build();
    }
  }

  private static MilvusTlsException unusable(Path file, IOException e) {
    return MilvusTlsException.failure("the file of sent alerts cannot be written: " + e)
        .seen(file)
        .next("name a file in a folder that can be written with --state")
        .cause(e)
        .build();
  }

  private String json() {
    ObjectNode root = JSON.createObjectNode();
    channels.forEach(
        (channel, targets) -> {
          ObjectNode node = root.putObject(channel);
          targets.forEach(
              (target, told) -> {
                ObjectNode entry = node.putObject(target);
                entry.put("state", told.state().name());
                told.findings().forEach(entry.putArray("findings")::add);
                entry.put("since", told.since().toString()).put("at", told.at().toString());
              });
        });
    return root.toPrettyString() + "\n";
  }

  private static Map<String, Map<String, Told>> read(JsonNode root) {
    if (!root.isObject()) {
      throw new IllegalArgumentException("no JSON object");
    }
    Map<String, Map<String, Told>> channels = new HashMap<>();
    root.properties()
        .forEach(
            channel -> {
              Map<String, Told> targets = new TreeMap<>();
              channel
                  .getValue()
                  .properties()
                  .forEach(entry -> targets.put(entry.getKey(), told(entry.getValue())));
              channels.put(channel.getKey(), targets);
            });
    return channels;
  }

  private static Told told(JsonNode entry) {
    List<String> findings = new ArrayList<>();
    entry.path("findings").forEach(id -> findings.add(id.asText()));
    return new Told(
        State.valueOf(entry.path("state").asText()),
        findings,
        Instant.parse(entry.path("since").asText()),
        Instant.parse(entry.path("at").asText()));
  }
}
