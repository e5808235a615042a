package org.milvustls.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.openssl.PEMParser;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.milvustls.MilvusTlsException;

class PemFilesTest {
  private final Path folder;
  private final IssuedCertificate leaf =
      CertificateAuthority.root(AuthorityRequest.root("R"), Clock.systemUTC()).issueClient("a");

  PemFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Nested
  class Reading {
    @ParameterizedTest
    @EnumSource(names = {"ECDSA_P256", "ECDSA_P384", "ED25519", "RSA_2048"})
    void gives_back_the_key_that_was_written(KeyType type) throws Exception {
      var key = type.generate().getPrivate();

      assertThat(PemFiles.privateKey(file(Pem.encode(key))).getEncoded())
          .isEqualTo(key.getEncoded());
    }

    @Test
    void gives_back_an_rsa_key_in_pkcs1() throws Exception {
      var key = KeyType.RSA_2048.generate().getPrivate();
      var pkcs1 = PrivateKeyInfo.getInstance(key.getEncoded()).parsePrivateKey();

      assertThat(PemFiles.privateKey(file(Pem.encode("RSA PRIVATE KEY", encoded(pkcs1)))))
          .isEqualTo(key);
    }

    @Test
    void gives_back_an_ec_key_in_sec1_after_its_parameters() throws Exception {
      var number = scalar(KeyType.ECDSA_P256.generate().getPrivate());
      var curve = SECObjectIdentifiers.secp256r1;
      Path file =
          file(
              Pem.encode("EC PARAMETERS", encoded(curve))
                  + Pem.encode("EC PRIVATE KEY", encoded(new ECPrivateKey(256, number, curve))));

      assertThat(scalar(PemFiles.privateKey(file))).isEqualTo(number);
    }

    private static BigInteger scalar(PrivateKey key) {
      return ((java.security.interfaces.ECPrivateKey) key).getS();
    }

    private static byte[] encoded(ASN1Encodable value) throws IOException {
      return value.toASN1Primitive().getEncoded();
    }

    @Test
    void skips_blocks_of_every_other_type() throws Exception {
      String other = "-----BEGIN OPENSSH THING-----\nAAAA\n-----END OPENSSH THING-----\n";

      assertThat(PemFiles.certificates(file(other + Pem.encode(leaf.chain()) + other)))
          .isEqualTo(leaf.chain());
      // So files are not read by Bouncy Castle's own parser.
      assertThatThrownBy(() -> new PEMParser(new StringReader(other)).readObject())
          .hasMessage("unrecognised object: OPENSSH THING");
    }

    @Test
    void gives_back_an_encrypted_key_with_its_password() throws Exception {
      KeyPassword password = password("correct horse");

      Path file = file(password.encrypt(leaf.privateKey()));

      assertThat(Files.readString(file)).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
      assertThat(PemFiles.privateKey(file, Optional.of(password))).isEqualTo(leaf.privateKey());
    }

    @Test
    void skips_text_between_the_blocks() throws Exception {
      String pem = Pem.encode(leaf.chain());

      assertThat(PemFiles.certificates(file("Subject: a\n" + pem + "\n# next\n" + pem))).hasSize(2);
    }

    @Test
    void takes_windows_line_ends() throws Exception {
      String pem = Pem.encode(leaf.chain()).replace("\n", "\r\n");

      assertThat(PemFiles.certificates(file(pem))).isEqualTo(leaf.chain());
    }
  }

  @Nested
  class Bad_input {
    @Test
    void that_is_not_pem() throws Exception {
      refuses("hello\n", "it is not PEM: no line starts with '-----BEGIN '");
    }

    @Test
    void that_is_empty() throws Exception {
      refuses("", "it is empty");
    }

    @Test
    void that_is_der() throws Exception {
      refuses(leaf.certificate().getEncoded(), "it is binary (DER), not PEM");
    }

    @Test
    void that_is_truncated() throws Exception {
      String pem = Pem.encode(leaf.chain());
      refuses(pem.substring(0, pem.length() / 2), "it is truncated or damaged");
    }

    @Test
    void whose_base64_is_damaged() throws Exception {
      refuses(Pem.encode(leaf.chain()).replace('M', '!'), "it is truncated or damaged");
    }

    @Test
    void whose_certificate_is_damaged() throws Exception {
      refuses(
          "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
          "a certificate in it is damaged");
    }

    @Test
    void that_holds_something_else() throws Exception {
      refuses(Pem.encode(leaf.privateKey()), "it holds no certificate but PRIVATE KEY");
    }

    @Test
    void that_is_a_directory_or_not_there() {
      assertThatThrownBy(() -> PemFiles.certificates(folder))
          .hasMessage("cannot read (it is a directory): '" + folder + "'");
      assertThatThrownBy(() -> PemFiles.certificates(folder.resolve("no")))
          .hasMessage(
              "cannot read (no such file): '" + folder.resolve("no") + "'\n  next: check the path");
    }

    @Test
    void that_cannot_be_read() {
      // The root user may read any file: this one fails for everybody, at the first byte.
      Path unreadable = Path.of("/proc/self/mem");
      assumeTrue(Files.exists(unreadable), "skipped: no file here that nobody can read");

      assertThatThrownBy(() -> PemFiles.certificates(unreadable))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessage("cannot read (Input/output error): '" + unreadable + "'");
      assertThatThrownBy(
              () ->
                  FileErrors.reading(
                      "cannot read",
                      folder,
                      () -> {
                        throw new AccessDeniedException(folder.toString());
                      }))
          .hasMessage(
              "cannot read (permission denied): '"
                  + folder
                  + "'\n  next: check the permissions, of the folders above it too");
    }

    @Test
    void an_encrypted_key_without_its_password_or_with_a_wrong_one() throws Exception {
      Path file = file(password("right").encrypt(leaf.privateKey()));
      KeyPassword wrong = password("wrong");

      assertThatThrownBy(() -> PemFiles.privateKey(file))
          .hasMessage(
              "cannot read a private key: the key is encrypted and no password was given: '"
                  + file
                  + "'\n  next: give its password or the file that holds it, or a key that is not"
                  + " encrypted");
      assertThatThrownBy(() -> PemFiles.privateKey(file, Optional.of(wrong)))
          .hasMessage(
              "cannot read a private key: the encrypted key cannot be opened: '"
                  + file
                  + "'\n  next: check the password");
    }

    @Test
    void a_damaged_key_is_never_shown() throws Exception {
      String pem = Pem.encode("PRIVATE KEY", new byte[] {0x30, 0x03, 0x02, 0x01, 0x05});
      Path file = file(pem);

      assertThatThrownBy(() -> PemFiles.privateKey(file))
          .hasMessage(
              "cannot read a private key: the private key in it is damaged: '" + file + "'");
    }

    @Test
    void an_empty_password_file() throws Exception {
      Path file = file("\n");

      assertThatThrownBy(() -> KeyPassword.fromFile(file))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageStartingWith("the password file's first line is empty: '" + file);
    }

    private void refuses(String text, String reason) throws Exception {
      refuses(text.getBytes(StandardCharsets.UTF_8), reason);
    }

    private void refuses(byte[] content, String reason) throws Exception {
      Path file = Files.write(folder.resolve("in"), content);

      assertThatThrownBy(() -> PemFiles.certificates(file))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageStartingWith("cannot read certificates: " + reason + ": '" + file + "'");
    }
  }

  @Test
  void a_password_shows_nothing() throws Exception {
    assertThat(List.of(password("secret"))).hasToString("[KeyPassword[hidden]]");
  }

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("in.pem"), text);
  }

  private KeyPassword password(String text) throws Exception {
    return KeyPassword.fromFile(Files.writeString(folder.resolve("password"), text));
  }
}
