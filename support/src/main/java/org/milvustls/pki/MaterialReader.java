package org.milvustls.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.util.io.pem.PemObject;
import org.milvustls.MilvusTlsException;

/** Reads certificates, and the keys beside them, from files in all usual formats. */
final class MaterialReader {
  static final String EXTENSIONS = "*.pem, *.crt, *.cer, *.p12, *.pfx, *.jks";
  private static final Pattern CERTIFICATE_FILE =
      Pattern.compile(".*\\.(pem|crt|cer|p12|pfx|jks)", Pattern.CASE_INSENSITIVE);
  private static final Pattern AUTHORITY_NAME =
      Pattern.compile("(.*[-_.])?(ca|cacerts?|root|intermediate|trust[a-z]*)[-_.].*");
  private static final int DEPTH = 5;

  private final Optional<KeyPassword> password;

  MaterialReader(Optional<KeyPassword> password) {
    this.password = password;
  }

  /** Reads all files below a folder with names of certificates, except hidden ones. */
  List<Material> folder(Path folder) {
    List<Material> materials = new ArrayList<>();
    for (Path file : certificateFiles(folder)) {
      if (!isKeyOnly(file)) {
        materials.addAll(file(file));
      }
    }
    return materials;
  }

  /** The files that {@link #folder} reads, unreadable ones included. */
  List<Path> files(Path folder) {
    return certificateFiles(folder).stream().filter(file -> !isReadableKey(file)).toList();
  }

  private static boolean isReadableKey(Path file) {
    try {
      return isKeyOnly(file);
    } catch (MilvusTlsException e) {
      // The later read reports the problem.
      return false;
    }
  }

  private static List<Path> certificateFiles(Path folder) {
    return FileErrors.reading(
        "cannot read the directory", folder, () -> certificateFiles(folder, DEPTH));
  }

  private static List<Path> certificateFiles(Path folder, int depth) throws IOException {
    List<Path> files = new ArrayList<>();
    List<Path> entries;
    try (Stream<Path> list = Files.list(folder)) {
      entries = list.filter(entry -> !nameOf(entry).startsWith(".")).sorted().toList();
    }
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        if (depth > 1) {
          files.addAll(certificateFiles(entry, depth - 1));
        }
      } else if (CERTIFICATE_FILE.matcher(nameOf(entry)).matches()) {
        files.add(entry);
      }
    }
    return files;
  }

  /** A file such as {@code server-key.pem} is read together with its certificate. */
  private static boolean isKeyOnly(Path file) {
    if (StoreReader.isStore(PemFiles.read(file))) {
      return false;
    }
    List<PemObject> blocks = blocks(file);
    return Pem.holdsKey(blocks)
        && blocks.stream().noneMatch(block -> block.getType().equals(Pem.CERTIFICATE));
  }

  /** Reads one file: a PEM file has one material, a key store one for each entry. */
  List<Material> file(Path file) {
    byte[] bytes = PemFiles.read(file);
    return StoreReader.isStore(bytes)
        ? new StoreReader(file, password).read(bytes)
        : List.of(pem(file));
  }

  private Material pem(Path file) {
    if (isKeyOnly(file)) {
      throw MilvusTlsException.failure("there is a private key and no certificate in this file")
          .seen(file)
          .next("name the file with the certificate; a key of the same name is found beside it")
          .build();
    }
    List<X509Certificate> chain = PemFiles.certificates(file);
    Material material = Material.certificates(file.toString(), use(file, chain), chain);
    if (Pem.holdsKey(blocks(file))) {
      return withKey(material.withKeyAmongCertificates(), file);
    }
    Optional<Path> keyFile = keyBeside(file);
    return keyFile.isPresent() ? withKey(material, keyFile.get()) : material;
  }

  private Material withKey(Material material, Path keyFile) {
    Material located = material.withKeyFile(keyFile);
    if (password.isEmpty() && isEncrypted(keyFile)) {
      return located.withNote("the key is encrypted; with --password-file it is checked too");
    }
    return located.withKey(PemFiles.privateKey(keyFile, password));
  }

  static boolean isEncrypted(Path keyFile) {
    return blocks(keyFile).stream().anyMatch(block -> block.getType().startsWith("ENCRYPTED"));
  }

  private static Optional<Path> keyBeside(Path file) {
    String name = nameOf(file);
    String base =
        name.substring(0, name.lastIndexOf('.') < 0 ? name.length() : name.lastIndexOf('.'));
    return Stream.of(base + ".key", base + "-key.pem")
        .map(file::resolveSibling)
        .filter(Files::exists)
        .findFirst();
  }

  private static Material.Use use(Path file, List<X509Certificate> chain) {
    String name = nameOf(file).toLowerCase(Locale.ROOT);
    if (AUTHORITY_NAME.matcher(name).matches()) {
      return Material.Use.AUTHORITIES;
    }
    if (name.startsWith("server")) {
      return Material.Use.SERVER;
    }
    if (name.startsWith("client")) {
      return Material.Use.CLIENT;
    }
    boolean authority = chain.get(0).getBasicConstraints() >= 0;
    return authority ? Material.Use.AUTHORITIES : Material.Use.LEAF;
  }

  /** Whether a PEM file contains a private key. */
  static boolean holdsKey(Path file) {
    return Pem.holdsKey(blocks(file));
  }

  private static List<PemObject> blocks(Path file) {
    try {
      return Pem.blocks(PemFiles.read(file));
    } catch (PemException e) {
      throw PemFiles.failure("cannot read certificates", file, e);
    }
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }
}
