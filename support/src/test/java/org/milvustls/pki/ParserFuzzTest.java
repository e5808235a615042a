package org.milvustls.pki;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.milvustls.MilvusTlsException;

/**
 * What strangers send is read, or refused with a message; nothing else happens. As a test it runs
 * over its seeds; with {@code JAZZER_FUZZ=1} in the environment it searches for more inputs.
 */
class ParserFuzzTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);

  @FuzzTest(maxDuration = "1m")
  void certificates(byte[] input) {
    try {
      List<X509Certificate> chain = Pem.certificates(input);
      for (Material.Use use : Material.Use.values()) {
        Inspection inspection =
            new MaterialCheck(Material.certificates("fuzz", use, chain), List.of(), CLOCK).run();
        assertThat(inspection.chain()).hasSameSizeAs(chain);
      }
    } catch (PemException | MilvusTlsException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  @FuzzTest(maxDuration = "1m")
  void privateKeys(byte[] input) {
    try {
      assertThat(Pem.privateKey(input, Optional.empty()).getAlgorithm()).isNotBlank();
    } catch (PemException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  @FuzzTest(maxDuration = "1m")
  void signingRequests(byte[] input) {
    try {
      assertThat(SigningRequest.parse(input).publicKey().getAlgorithm()).isNotBlank();
    } catch (PemException | MilvusTlsException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  @FuzzTest(maxDuration = "1m")
  void hostNames(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    try {
      HostName name = HostName.of(text);
      assertThat(HostName.of(name.value())).as("read again").isEqualTo(name);
      assertThat(name.toGeneralName()).isNotNull();
    } catch (MilvusTlsException e) {
      assertThat(e.kind()).isEqualTo(MilvusTlsException.Kind.USAGE);
    }
  }
}
