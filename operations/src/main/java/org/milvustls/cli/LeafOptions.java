package org.milvustls.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.KeyMode;
import org.milvustls.pki.KeyPassword;
import org.milvustls.pki.KeyType;
import org.milvustls.pki.LeafRequest;
import org.milvustls.pki.LeafStorage;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options shared by the commands that make leaves. */
final class LeafOptions {
  @Mixin private Storage storage = new Storage();

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
      converter = Converters.OfDays.class,
      description = "Lifetime of the leaves in days. Default: 90.")
  private Duration lifetime = LeafRequest.LIFETIME;

  KeyType keyType() {
    return keyType;
  }

  Duration lifetime() {
    return lifetime;
  }

  LeafStorage storage() {
    return storage.value();
  }

  /** The options for the storage of a leaf's files. */
  static final class Storage {
    @Option(
        names = "--key-mode",
        paramLabel = "MODE",
        converter = Converters.OfKeyMode.class,
        description =
            "Permissions of the leaves' key files: 0600, or 0640 for a container that runs with"
                + " the same group. Default: 0600.")
    private KeyMode keyMode = KeyMode.OWNER;

    @Option(
        names = "--p12",
        description = "Also write key and chain as PKCS#12, now and at each renewal.")
    private boolean p12;

    @Option(
        names = "--p12-password-file",
        paramLabel = "FILE",
        description = "File whose first line is the password of the PKCS#12 file.")
    private @Nullable Path p12PasswordFile;

    LeafStorage value() {
      if (p12 != (p12PasswordFile != null)) {
        throw MilvusTlsException.usage("--p12 and --p12-password-file belong together")
            .next("give both, or neither")
            .build();
      }
      return new LeafStorage(keyMode, Optional.ofNullable(p12PasswordFile));
    }
  }

  /** The options for the certificate directory and the password of its CA keys. */
  static final class Directory {
    @Option(
        names = "--dir",
        paramLabel = "DIR",
        description = "The certificate directory. Default: certs.")
    private Path directory = Path.of("certs");

    @Option(
        names = "--ca-password-file",
        paramLabel = "FILE",
        description = "File whose first line is the password of the CA's keys.")
    private @Nullable Path caPasswordFile;

    CertificateDirectory open() {
      CertificateDirectory certificates = CertificateDirectory.at(directory);
      return caPasswordFile == null
          ? certificates
          : certificates.unlockedWith(KeyPassword.fromFile(caPasswordFile));
    }
  }
}
