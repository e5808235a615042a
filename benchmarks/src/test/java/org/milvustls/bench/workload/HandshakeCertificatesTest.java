package org.milvustls.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.milvustls.bench.scenario.ChainMemory;
import org.milvustls.pki.KeyType;

class HandshakeCertificatesTest {
  private static final HandshakeCertificates CERTIFICATES =
      HandshakeCertificates.of(KeyType.ECDSA_P256);

  private static Certificate asAPeerReadsIt(X509Certificate certificate)
      throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(certificate.getEncoded()));
  }

  /** If a JDK remembers more certificates one day, "unseen" would be a wrong word. */
  @Test
  void the_jvm_has_forgotten_a_leaf_when_its_turn_comes_again() throws Exception {
    List<X509Certificate> leaves = new ArrayList<>();
    for (int i = 0; i < HandshakeCertificates.UNSEEN_LEAVES; i++) {
      leaves.add(CERTIFICATES.next(ChainMemory.UNSEEN).get(0));
    }
    Certificate before = asAPeerReadsIt(leaves.get(0));
    for (X509Certificate leaf : leaves) {
      asAPeerReadsIt(leaf);
    }

    assertThat(leaves).doesNotHaveDuplicates();
    assertThat(CERTIFICATES.next(ChainMemory.UNSEEN).get(0)).isEqualTo(leaves.get(0));
    assertThat(asAPeerReadsIt(leaves.get(0))).isEqualTo(before).isNotSameAs(before);
  }

  @Test
  void the_jvm_remembers_the_leaf_that_is_shown_each_time() throws Exception {
    X509Certificate leaf = CERTIFICATES.next(ChainMemory.SEEN).get(0);
    assertThat(asAPeerReadsIt(leaf)).isSameAs(asAPeerReadsIt(leaf));
  }

  @Test
  void no_key_is_printed() {
    assertThat(CERTIFICATES.toString()).isEqualTo("HandshakeCertificates[ecdsa-p256, keys hidden]");
  }
}
