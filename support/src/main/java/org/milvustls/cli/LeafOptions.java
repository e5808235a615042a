package org.milvustls.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.milvustls.pki.KeyMode;
import org.milvustls.pki.KeyType;
import picocli.CommandLine.Option;

/** Options shared by the commands that make leaves. */
final class LeafOptions {
  @Option(
      names = "--key",
      paramLabel = "TYPE",
      converter = Converters.OfKeyType.class,
      description =
          "Kind of key: ecdsa-p256, ecdsa-p384, ed25519, rsa-2048, rsa-3072, rsa-4096. Default:"
              + " ecdsa-p256.")
  private KeyType keyType = KeyType.ECDSA_P256;

  @Option(
      names = "--days",
      paramLabel = "DAYS",
      description = "Lifetime of the leaves in days. Default: 90.")
  private long days = 90;

  @Option(
      names = "--key-mode",
      paramLabel = "MODE",
      converter = Converters.OfKeyMode.class,
      description =
          "Permissions of the leaves' key files: 0600, or 0640 for a container that runs with the"
              + " same group. Default: 0600.")
  private KeyMode keyMode = KeyMode.OWNER;

  KeyType keyType() {
    return keyType;
  }

  Duration lifetime() {
    return Converters.days(days);
  }

  KeyMode keyMode() {
    return keyMode;
  }

  /** Where the certificate directory is. */
  static final class Directory {
    @Option(
        names = "--dir",
        paramLabel = "DIR",
        description = "The certificate directory. Default: certs.")
    private Path directory = Path.of("certs");

    Path path() {
      return directory;
    }
  }
}
