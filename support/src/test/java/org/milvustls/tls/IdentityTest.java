package org.milvustls.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.IssuedCertificate;

class IdentityTest {
  private static final char[] PASSWORD = "correct".toCharArray();

  private final Path folder;
  private final TestPki pki = TestPki.named("Identity");
  private final IssuedCertificate issued = pki.intermediate().issueClient("search");

  IdentityTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path store(String type) throws Exception {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    store.setKeyEntry(
        "key", issued.privateKey(), PASSWORD, issued.chain().toArray(X509Certificate[]::new));
    store.setCertificateEntry("ca", pki.root().certificate());
    Path file = folder.resolve("store." + type);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    }
    return file;
  }

  private Path encryptedKey() throws Exception {
    Path file = folder.resolve("encrypted.key");
    try (Writer writer = Files.newBufferedWriter(file);
        JcaPEMWriter pem = new JcaPEMWriter(writer)) {
      pem.writeObject(
          new JcaPKCS8Generator(
              issued.privateKey(),
              new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                  .setProvider(new BouncyCastleProvider())
                  .setRandom(new SecureRandom())
                  .setPassword(PASSWORD)
                  .build()));
    }
    return file;
  }

  private Path chain() {
    return TestPki.write(issued, folder, "plain").chain();
  }

  @Nested
  class Is_read_from {
    @Test
    void pem_files() {
      TestPki.Files files = TestPki.write(issued, folder, "pair");
      Identity.Pair pair = Identity.pem(files.chain(), files.key()).load();
      assertThat(pair.chain()).isEqualTo(issued.chain());
      assertThat(pair.toString()).contains("CN=search").contains("key not shown");
    }

    @Test
    void an_encrypted_key() throws Exception {
      assertThat(Identity.pem(chain(), encryptedKey(), PASSWORD).load().leaf())
          .isEqualTo(issued.certificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void a_key_store(String type) throws Exception {
      Path store = store(type);
      assertThat(Identity.keyStore(store, PASSWORD).load().chain()).isEqualTo(issued.chain());
      assertThat(TrustSource.keyStore(store, PASSWORD).load()).contains(pki.root().certificate());
    }
  }

  @Nested
  class Is_refused {
    private void refused(Identity identity, String... words) {
      assertThatThrownBy(identity::load)
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageContainingAll(words)
          .hasMessageNotContaining("correct");
    }

    @Test
    void a_key_of_another_certificate() {
      TestPki.Files other = TestPki.write(pki.intermediate().issueClient("other"), folder, "other");
      refused(
          Identity.pem(chain(), other.key()),
          "the private key does not belong to the certificate",
          other.key().toString());
    }

    @Test
    void a_wrong_password_of_a_store() throws Exception {
      refused(
          Identity.keyStore(store("PKCS12"), "wrong".toCharArray()),
          "wrong password for the key store");
    }

    @Test
    void a_wrong_password_of_a_key() throws Exception {
      refused(
          Identity.pem(chain(), encryptedKey(), "wrong".toCharArray()),
          "cannot be opened",
          "password");
    }

    @Test
    void an_encrypted_key_without_a_password() throws Exception {
      refused(Identity.pem(chain(), encryptedKey()), "is encrypted");
    }

    @Test
    void a_key_that_is_encrypted_in_the_old_format() throws Exception {
      Path file = folder.resolve("old.key");
      try (JcaPEMWriter writer = new JcaPEMWriter(Files.newBufferedWriter(file))) {
        writer.writeObject(
            issued.privateKey(),
            new JcePEMEncryptorBuilder("AES-256-CBC")
                .setProvider(new BouncyCastleProvider())
                .build(PASSWORD));
      }
      refused(Identity.pem(chain(), file, PASSWORD), "old format", "openssl pkcs8 -topk8");
    }

    @Test
    void certificates_in_binary_form() throws Exception {
      Path file = Files.write(folder.resolve("ca.der"), issued.certificate().getEncoded());

      assertThatThrownBy(() -> TrustSource.pem(file).load())
          .hasMessageStartingWith(
              "cannot read certificates: it is binary (DER), not PEM: '" + file);
    }

    @Test
    void a_store_that_is_none() throws IOException {
      Path file = Files.writeString(folder.resolve("text.p12"), "hello");
      refused(Identity.keyStore(file, PASSWORD), "not a key store", "PKCS#12 or JKS");
    }

    @Test
    void a_file_that_is_not_there() {
      refused(Identity.keyStore(folder.resolve("no.p12"), PASSWORD), "no.p12");
      refused(Identity.pem(folder.resolve("no.pem"), folder.resolve("no.key")), "no.pem");
    }

    @Test
    void a_certificate_where_the_key_should_be() {
      Path chain = chain();
      refused(Identity.pem(chain, chain), "private key", chain.toString());
    }
  }
}
