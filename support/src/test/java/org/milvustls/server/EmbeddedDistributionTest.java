package org.milvustls.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.MilvusTlsException;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class EmbeddedDistributionTest {
  private static final String FILE = "milvus-0.0.1.whl";

  @Test
  void a_package_that_was_put_in_place_by_hand_is_unpacked_once(@TempDir Path cache)
      throws Exception {
    MilvusWheel wheel = placed(cache);
    EmbeddedDistribution first = EmbeddedDistribution.obtain(cache, wheel);
    assertThat(first.executable()).hasContent("the server").isExecutable();
    assertThat(first.configTemplate()).hasContent("port: {{ proxy_port(int): 19530 }}");
    Files.delete(wheel.placedByHand(cache));
    assertThat(EmbeddedDistribution.obtain(cache, wheel)).isEqualTo(first);
    assertThat(names(cache))
        .containsExactlyInAnyOrder("downloads", wheel.name(), wheel.name() + ".lock");
  }

  @Test
  void a_package_with_another_hash_is_refused_and_nothing_is_unpacked(@TempDir Path cache)
      throws Exception {
    MilvusWheel real = placed(cache);
    MilvusWheel pinned = new MilvusWheel(real.version(), FILE, "0".repeat(64));
    assertThatThrownBy(() -> EmbeddedDistribution.obtain(cache, pinned))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining(
            "is not the pinned file; its sha256 is: '%s'; allowed: %s"
                .formatted(real.sha256(), pinned.sha256()))
        .hasMessageContaining("nothing was unpacked");
    assertThat(names(cache)).containsExactlyInAnyOrder("downloads", pinned.name() + ".lock");
  }

  @Test
  void what_a_killed_process_left_half_unpacked_is_not_taken(@TempDir Path cache) throws Exception {
    MilvusWheel wheel = placed(cache);
    Files.createDirectories(cache.resolve(wheel.name() + ".part").resolve("unpacked"));
    assertThat(EmbeddedDistribution.cached(cache, wheel)).isEmpty();
    assertThat(EmbeddedDistribution.obtain(cache, wheel).executable()).isExecutable();
  }

  @Test
  void two_at_once_get_the_same_one(@TempDir Path cache) throws Exception {
    MilvusWheel wheel = placed(cache);
    ExecutorService executor = Executors.newFixedThreadPool(2);
    Callable<EmbeddedDistribution> obtain = () -> EmbeddedDistribution.obtain(cache, wheel);
    List<Future<EmbeddedDistribution>> both = executor.invokeAll(List.of(obtain, obtain));
    executor.shutdown();
    assertThat(both.get(0).get()).isEqualTo(both.get(1).get());
  }

  @Test
  void a_package_that_cannot_be_read_says_so(@TempDir Path cache) throws Exception {
    Path file = Files.createDirectories(cache.resolve("downloads")).resolve(FILE);
    Files.writeString(file, "not a zip");
    MilvusWheel wheel = new MilvusWheel("0.0.1", FILE, sha256(file));
    assertThatThrownBy(() -> EmbeddedDistribution.obtain(cache, wheel))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("the embedded Milvus could not be unpacked")
        .hasCauseInstanceOf(java.util.zip.ZipException.class);
    assertThat(EmbeddedDistribution.cached(cache, wheel)).isEmpty();
  }

  @Test
  void only_linux_on_x86_64_has_a_server_in_the_package() {
    assertThat(EmbeddedDistribution.unsupported("Linux", "amd64")).isEmpty();
    assertThat(EmbeddedDistribution.unsupported("Mac OS X", "aarch64"))
        .contains(
            "the package milvus 2.3.5 has a server for Linux on x86_64 only, this is Mac OS X on"
                + " aarch64");
  }

  private static MilvusWheel placed(Path cache) throws Exception {
    Path file = Files.createDirectories(cache.resolve("downloads")).resolve(FILE);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      entry(zip, "milvus/data/bin/milvus.lzma", xz("the server"));
      entry(zip, "milvus/data/bin/libx.so.1.lzma", xz("a library"));
      entry(zip, "milvus/data/config.yaml.template", bytes("port: {{ proxy_port(int): 19530 }}"));
      entry(zip, "milvus/data/glog.conf", bytes("--logtostderr=false"));
      entry(zip, "milvus/__init__.py", bytes("raise SystemExit"));
    }
    return new MilvusWheel("0.0.1", FILE, sha256(file));
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws Exception {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
  }

  private static byte[] xz(String text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new XZOutputStream(bytes, new LZMA2Options())) {
      out.write(bytes(text));
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  private static List<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
