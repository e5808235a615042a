package org.milvustls.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.milvustls.MilvusTlsException;

class CertificateAuthorityTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final CertificateAuthority root =
      CertificateAuthority.root(AuthorityRequest.root("Test root CA"), CLOCK);
  private final CertificateAuthority intermediate =
      root.intermediate(AuthorityRequest.intermediate("Test CA"));

  @Nested
  class A_chain {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RSA_4096")
    void verifies_with_every_key_type(KeyType type) throws Exception {
      CertificateAuthority top =
          CertificateAuthority.root(AuthorityRequest.root("R").withKeyType(type), CLOCK);
      CertificateAuthority issuer =
          top.intermediate(AuthorityRequest.intermediate("I").withKeyType(type));
      IssuedCertificate leaf =
          issuer.issue(
              LeafRequest.server("milvus", HostName.listOf("localhost")).withKeyType(type));

      leaf.chain().get(0).verify(leaf.chain().get(1).getPublicKey());
      leaf.chain().get(1).verify(top.certificate().getPublicKey());
      assertThat(KeyType.of(leaf.certificate().getPublicKey())).contains(type);
      assertThat(KeyMatch.matches(leaf.certificate().getPublicKey(), leaf.privateKey())).isTrue();
    }

    @Test
    void is_leaf_then_intermediate_without_the_root() {
      assertThat(intermediate.issueServer("milvus", "localhost").chain())
          .hasSize(2)
          .last()
          .isEqualTo(intermediate.certificate());
    }

    @Test
    void of_a_leaf_signed_by_the_root_is_the_leaf_alone() {
      assertThat(root.issueServer("milvus", "localhost").chain()).hasSize(1);
    }

    @Test
    void has_path_lengths_that_allow_one_intermediate_and_no_more() {
      assertThat(root.certificate().getBasicConstraints()).isEqualTo(1);
      assertThat(intermediate.certificate().getBasicConstraints()).isZero();
      assertThat(intermediate.issueClient("a").certificate().getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void has_a_random_serial_of_up_to_128_bits_for_each_certificate() {
      Set<Object> serials = new HashSet<>();
      for (int i = 0; i < 50; i++) {
        X509Certificate leaf = intermediate.issueClient("a").certificate();
        assertThat(leaf.getSerialNumber().signum()).isPositive();
        assertThat(leaf.getSerialNumber().bitLength()).isLessThanOrEqualTo(128);
        serials.add(leaf.getSerialNumber());
      }
      assertThat(serials).hasSize(50);
    }
  }

  @Nested
  class A_leaf {
    @Test
    void for_a_server_may_only_authenticate_servers() throws Exception {
      assertThat(intermediate.issueServer("milvus", "localhost").certificate())
          .extracting(CertificateAuthorityTest::usages)
          .isEqualTo(List.of("1.3.6.1.5.5.7.3.1"));
    }

    @Test
    void for_a_client_may_only_authenticate_clients() {
      assertThat(usages(intermediate.issueClient("search").certificate()))
          .containsExactly("1.3.6.1.5.5.7.3.2");
    }

    @Test
    void carries_dns_names_wildcards_and_addresses() throws Exception {
      X509Certificate leaf =
          intermediate
              .issueServer("milvus", "milvus.example.org", "*.example.org", "10.0.0.7", "::1")
              .certificate();

      assertThat(leaf.getSubjectAlternativeNames())
          .extracting(name -> name.get(0) + " " + name.get(1))
          .containsExactly(
              "2 milvus.example.org", "2 *.example.org", "7 10.0.0.7", "7 0:0:0:0:0:0:0:1");
    }

    @Test
    void starts_five_minutes_ago_and_lasts_90_days() {
      X509Certificate leaf = intermediate.issueClient("a").certificate();

      assertThat(leaf.getNotBefore()).isEqualTo(Instant.parse("2026-06-01T11:55:00Z"));
      assertThat(leaf.getNotAfter()).isEqualTo(Instant.parse("2026-08-30T11:55:00Z"));
    }

    @Test
    void can_be_made_expired_for_tests() {
      X509Certificate leaf =
          intermediate
              .issue(
                  LeafRequest.client("a")
                      .withNotBefore(NOW.minus(Duration.ofDays(2)))
                      .withLifetime(Duration.ofDays(1)))
              .certificate();

      assertThatThrownBy(() -> leaf.checkValidity(java.util.Date.from(NOW)))
          .isInstanceOf(CertificateExpiredException.class);
    }

    @Test
    void never_outlives_its_issuer() {
      CertificateAuthority issuer =
          root.intermediate(
              AuthorityRequest.intermediate("short").withLifetime(Duration.ofDays(30)));

      assertThatThrownBy(() -> issuer.issueClient("a"))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessage(
              """
              a certificate must not outlive its issuer: '90 days'; allowed: at most 29 days, \
              until 2026-07-01T11:55:00Z
                next: ask for fewer days, or renew the CA first""");
    }

    @Test
    void never_shows_its_key() {
      assertThat(intermediate.issueClient("a"))
          .hasToString("IssuedCertificate[CN=a, O=milvus-tls, key hidden]");
    }
  }

  @Nested
  class Taken_up_again {
    @Test
    void signs_as_before() throws Exception {
      CertificateAuthority again =
          CertificateAuthority.of(intermediate.chain(), intermediate.privateKey(), CLOCK);

      again.issueClient("a").certificate().verify(intermediate.certificate().getPublicKey());
      assertThat(again).hasToString("CertificateAuthority[CN=Test CA, O=milvus-tls, key hidden]");
    }

    @Test
    void refuses_a_key_of_another_certificate() {
      assertThatThrownBy(
              () -> CertificateAuthority.of(intermediate.chain(), root.privateKey(), CLOCK))
          .hasMessageStartingWith(
              "the private key does not belong to the certificate: 'key of the CA'; allowed: the"
                  + " key of CN=Test CA, O=milvus-tls");
    }

    @Test
    void refuses_a_leaf() {
      IssuedCertificate leaf = intermediate.issueClient("a");

      assertThatThrownBy(() -> CertificateAuthority.of(leaf.chain(), leaf.privateKey(), CLOCK))
          .hasMessageStartingWith("this certificate is not a CA's: 'CN=a, O=milvus-tls'");
    }
  }

  private static List<String> usages(X509Certificate certificate) {
    try {
      return certificate.getExtendedKeyUsage();
    } catch (java.security.cert.CertificateParsingException e) {
      throw new AssertionError(e);
    }
  }
}
