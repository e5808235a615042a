package org.milvustls.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.milvustls.MilvusTlsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pinned file of the Python package {@code milvus}.
 *
 * @param version of the package and of the server in it
 * @param fileName as the package index serves it
 * @param sha256 of the file, in lower-case hexadecimal
 */
record MilvusWheel(String version, String fileName, String sha256) {
  /** The newest version that contains a server. */
  static final MilvusWheel PINNED =
      new MilvusWheel(
          "2.3.5",
          "milvus-2.3.5-py3-none-manylinux2014_x86_64.whl",
          "69515a0630ce29fd10e101fa442afea8ca1387b93a456cd9bd41fdf3deb93d04");

  private static final Logger LOG = LoggerFactory.getLogger(MilvusWheel.class);
  private static final Duration DOWNLOAD_LIMIT = Duration.ofMinutes(10);
  private static final Duration QUESTION_LIMIT = Duration.ofSeconds(30);

  /** Name of the unpacked folder: another hash is another folder. */
  String name() {
    return "milvus-" + version + "-" + sha256.substring(0, 12);
  }

  /** Path for a copy placed by hand, for machines without pip or without network. */
  Path placedByHand(Path cache) {
    return cache.resolve("downloads").resolve(fileName);
  }

  /** The reason why {@link #obtain} cannot work on this machine; empty when it may. */
  Optional<String> notObtainable(Path cache) {
    if (Files.isRegularFile(placedByHand(cache))) {
      return Optional.empty();
    }
    try {
      CommandRun run = CommandRun.of(List.of("python3", "-m", "pip", "--version"), QUESTION_LIMIT);
      return run.succeeded()
          ? Optional.empty()
          : Optional.of("python3 has no pip: " + run.lastLine());
    } catch (IOException e) {
      return Optional.of("there is no python3 to fetch it with");
    }
  }

  /** The file placed by hand, otherwise a new download; not yet verified. */
  Path obtain(Path cache, Path work) throws IOException {
    Path byHand = placedByHand(cache);
    return Files.isRegularFile(byHand) ? byHand : download(cache, work);
  }

  private Path download(Path cache, Path work) throws IOException {
    LOG.info("fetching the Python package milvus {} (58 MB, once)", version);
    Path requirements = work.resolve("requirements.txt");
    Files.writeString(requirements, "milvus==" + version + " --hash=sha256:" + sha256 + "\n");
    Path to = Files.createDirectories(work.resolve("download"));
    List<String> command =
        List.of(
            "python3",
            "-m",
            "pip",
            "download",
            "--no-deps",
            "--only-binary",
            ":all:",
            "--platform",
            "manylinux2014_x86_64",
            "--require-hashes",
            "--no-input",
            "--disable-pip-version-check",
            "--progress-bar",
            "off",
            "-r",
            requirements.toString(),
            "-d",
            to.toString());
    CommandRun run;
    try {
      run = CommandRun.of(command, DOWNLOAD_LIMIT);
    } catch (IOException e) {
      throw notFetched(cache, "there is no python3").cause(e).build();
    }
    if (!run.succeeded()) {
      throw notFetched(cache, run.lastLine()).build();
    }
    try (Stream<Path> files = Files.list(to)) {
      return files
          .findFirst()
          .orElseThrow(() -> notFetched(cache, "pip ended well but left no file").build());
    }
  }

  private MilvusTlsException.Builder notFetched(Path cache, String why) {
    return MilvusTlsException.failure("pip could not fetch the embedded Milvus " + version)
        .seen(why)
        .next(
            "install Python 3 with pip and let it reach a package index, or put "
                + fileName
                + " into "
                + placedByHand(cache).getParent());
  }

  /** Refuses a file that is not the pinned one. */
  void verify(Path file) throws IOException {
    String seen = sha256Of(file);
    if (!seen.equals(sha256)) {
      throw MilvusTlsException.failure(
              "the downloaded package milvus " + version + " is not the pinned file; its sha256 is")
          .seen(seen)
          .allowed(sha256)
          .next("delete " + file + " and find out who changed it; nothing was unpacked")
          .build();
    }
  }

  private static String sha256Of(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
