package org.milvustls.pki;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  /**
   * Made here, since nothing that looks like a private key belongs into git: DER that ends early.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
  void privateKeysThatEndEarly(String label) {
    for (byte version : new byte[] {0, 5}) {
      String body = Base64.getEncoder().encodeToString(new byte[] {0x30, 3, 2, 1, version});
      String pem = "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
      privateKeys(pem.getBytes(StandardCharsets.US_ASCII));
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
