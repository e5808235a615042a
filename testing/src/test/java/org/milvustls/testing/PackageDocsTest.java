package org.milvustls.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageDocsTest {
  @TempDir private Path sources;

  private void write(String name, String info, String imports) throws IOException {
    Path folder =
        Files.createDirectories(sources.resolve("org/milvustls/" + name.replace('.', '/')));
    Files.writeString(folder.resolve("package-info.java"), "/**\n * " + info + "\n */\n");
    Files.writeString(folder.resolve("Type.java"), imports);
  }

  @Test
  void a_sentence_over_two_lines_is_true() throws IOException {
    write(
        "bench.run",
        "Runs. Uses {@code\n * jmh} and {@code tls} of the project.",
        "import org.milvustls.bench.jmh.Fork;\nimport static org.milvustls.tls.TlsMode.OFF;\n");

    assertThat(PackageDocs.differences(sources)).isEmpty();
  }

  @Test
  void a_package_that_is_not_named_and_one_that_is_not_used_are_told() throws IOException {
    write("scan", "Scans. Uses {@code pki} of the project.", "import org.milvustls.tls.TlsMode;\n");

    assertThat(PackageDocs.differences(sources)).containsExactly("scan says [pki], imports [tls]");
  }

  @Test
  void a_package_that_says_nothing_is_told() throws IOException {
    write("pki", "Certificates. Uses files.", "import org.milvustls.MilvusTlsException;\n");

    assertThat(PackageDocs.differences(sources)).containsExactly("pki says nothing, imports []");
  }
}
