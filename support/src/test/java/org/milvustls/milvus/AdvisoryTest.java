package org.milvustls.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The borders of the ranges that GitHub and the Go vulnerability database publish. */
class AdvisoryTest {
  private static List<String> of(String version) {
    return Advisory.of(MilvusVersion.of(version)).stream().map(Advisory::cve).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "2.3.5, true, true", "2.4.23, true, true", "2.4.24, false, true", "2.5.20, true, true",
    "2.5.21, false, true", "2.5.26, false, true", "2.5.27, false, false", "2.6.4, true, true",
    "2.6.5, false, true", "2.6.9, false, true", "2.6.10, false, false", "3.0, false, false"
  })
  void concern_a_version_up_to_the_one_that_is_fixed(
      String version, boolean proxyBypass, boolean metricsPort) {
    assertThat(of(version).contains("CVE-2025-64513")).isEqualTo(proxyBypass);
    assertThat(of(version).contains("CVE-2026-26190")).isEqualTo(metricsPort);
  }

  @Test
  void say_what_they_let_others_do_and_what_mends_it() {
    MilvusVersion line = MilvusVersion.of("2.6");
    assertThat(Advisory.of(line).get(0).line(line))
        .isEqualTo(
            "CVE-2025-64513 concerns some releases of Milvus 2.6: whoever reaches the gRPC or REST"
                + " port gets in without a password; fixed in 2.6.5 (GHSA-mhjq-8c7m-3f7p)");
    MilvusVersion old = MilvusVersion.of("v2.3.5-lite");
    assertThat(Advisory.of(old).get(1).line(old)).contains("not fixed in 2.3: upgrade");
    assertThat(MilvusVersion.find("dev-build")).isEmpty();
  }
}
