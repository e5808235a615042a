package org.milvustls.monitor.alert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import org.milvustls.MilvusTlsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A password, a token or an address with a token in it, from the environment or a file. */
public final class Secret {
  private static final Logger LOG = LoggerFactory.getLogger(Secret.class);
  private static final long LARGEST = 64 * 1024;
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** A value that is no secret, such as the address of a webhook without a token. */
  static Secret open(String value) {
    return new Secret(value);
  }

  static Secret fromEnvironment(String name, Map<String, String> environment) {
    String value = environment.getOrDefault(name, "");
    if (value.isBlank()) {
      throw MilvusTlsException.usage("a variable of the environment is not set")
          .seen(name)
          .next("set it where the monitor is started, or keep the secret in a file")
          .build();
    }
    return new Secret(value.strip());
  }

  /** Reads the first line. */
  static Secret fromFile(Path file) {
    String value;
    try {
      if (Files.size(file) > LARGEST) {
        throw new IOException("larger than " + LARGEST + " bytes, so not a secret");
      }
      value = Files.readString(file).lines().findFirst().orElse("").strip();
      warnOfReaders(file);
    } catch (IOException e) {
      throw MilvusTlsException.usage("a file with a secret cannot be read: " + e.getMessage())
          .seen(file)
          .cause(e)
          .build();
    }
    if (value.isEmpty()) {
      throw MilvusTlsException.usage("the first line of a file with a secret is empty")
          .seen(file)
          .build();
    }
    return new Secret(value);
  }

  private static void warnOfReaders(Path file) throws IOException {
    try {
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
        LOG.warn("every user of this machine can read {}: run 'chmod 600' on it", file);
      }
    } catch (UnsupportedOperationException e) {
      // Without POSIX permissions, the readers are unknown.
    }
  }

  /** The secret itself: show it to its receiver only. */
  public String value() {
    return value;
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
