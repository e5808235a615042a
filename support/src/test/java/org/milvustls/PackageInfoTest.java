package org.milvustls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.milvustls.testing.PackageDocs;

class PackageInfoTest {
  @Test
  void each_package_says_which_packages_it_uses() {
    assertThat(PackageDocs.differences(Path.of("src", "main", "java"))).isEmpty();
  }
}
