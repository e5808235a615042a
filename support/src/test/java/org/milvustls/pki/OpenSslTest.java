package org.milvustls.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Judged by software that is not ours: the rules of RFC 5280 as OpenSSL enforces them. */
class OpenSslTest {
  /** Made once for each key type: RSA keys of 4096 bits take seconds. */
  private static final Map<KeyType, CertificateDirectory> ISSUED = new EnumMap<>(KeyType.class);

  @BeforeAll
  static void openssl_is_there(@TempDir Path folder) throws Exception {
    assumeTrue(OpenSsl.isThere(), "skipped: no openssl command on this machine");
    for (KeyType type : KeyType.values()) {
      ISSUED.put(type, issued(folder.resolve(type.id()), type));
    }
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void accepts_a_server_chain_strictly(KeyType type) throws Exception {
    CertificateDirectory certificates = directory(type);
    CertificateDirectory.ServerFiles server = certificates.serverFiles("milvus");

    assertThat(verify("sslserver", certificates.trustAnchors(), server.certificate()))
        .isEqualTo(server.certificate() + ": OK\n");
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void accepts_a_client_chain_strictly(KeyType type) throws Exception {
    CertificateDirectory certificates = directory(type);
    Path client = certificates.clientFiles("search").certificate();
    Path clientCa = certificates.serverFiles("milvus").clientCa();

    assertThat(verify("sslclient", clientCa, client)).isEqualTo(client + ": OK\n");
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void refuses_a_client_as_server_and_a_client_under_the_server_ca(KeyType type) throws Exception {
    CertificateDirectory certificates = directory(type);
    Path client = certificates.clientFiles("search").certificate();

    assertThat(verify("sslserver", certificates.serverFiles("milvus").clientCa(), client))
        .containsAnyOf("unsupported certificate purpose", "unsuitable certificate purpose");
    assertThat(verify("sslclient", certificates.trustAnchors(), client))
        .contains("unable to get local issuer certificate");
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void reads_the_private_key(KeyType type) throws Exception {
    Path key = directory(type).serverFiles("milvus").key();

    assertThat(OpenSsl.run(List.of("pkey", "-in", key.toString(), "-noout", "-check")))
        .contains("Key is valid");
  }

  @ParameterizedTest
  @EnumSource(names = {"ECDSA_P256", "ECDSA_P384", "ED25519", "RSA_2048"})
  void reads_a_signing_request_and_a_pkcs12_store(KeyType type, @TempDir Path folder)
      throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "secret\n");
    CertificateDirectory certificates = CertificateDirectory.at(folder.resolve("certs"));
    certificates.init(InitRequest.defaults());
    certificates.issue(
        LeafRequest.client("p").withKeyType(type),
        new LeafStorage(KeyMode.OWNER, Optional.of(password)));
    Path request = certificates.request(LeafRequest.client("q").withKeyType(type));

    assertThat(OpenSsl.run(List.of("req", "-in", request.toString(), "-noout", "-verify")))
        .contains("verify OK");
    assertThat(
            OpenSsl.run(
                List.of(
                    "pkcs12",
                    "-in",
                    certificates.clientFiles("p").key().resolveSibling("client.p12").toString(),
                    "-passin",
                    "file:" + password,
                    "-nokeys")))
        // OpenSSL 3.2 and newer write no blanks around the equals sign.
        .containsPattern("CN ?= ?p\\b")
        .contains("-----BEGIN CERTIFICATE-----");
  }

  @Test
  void opens_an_encrypted_ca_key(@TempDir Path folder) throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "secret\n");
    CertificateDirectory certificates =
        CertificateDirectory.at(folder.resolve("certs"))
            .unlockedWith(KeyPassword.fromFile(password));
    certificates.init(InitRequest.defaults());

    assertThat(
            OpenSsl.run(
                List.of(
                    "pkey",
                    "-in",
                    folder.resolve("certs/ca/server/root.key").toString(),
                    "-passin",
                    "file:" + password,
                    "-noout",
                    "-check")))
        .contains("Key is valid");
  }

  private static CertificateDirectory directory(KeyType type) {
    return Objects.requireNonNull(ISSUED.get(type));
  }

  private static CertificateDirectory issued(Path path, KeyType type) {
    CertificateDirectory certificates = CertificateDirectory.at(path);
    boolean slow = type == KeyType.RSA_3072 || type == KeyType.RSA_4096;
    certificates.init(
        InitRequest.builder()
            .keyType(slow ? KeyType.ECDSA_P256 : type)
            .host("milvus.example.org")
            .host("*.example.org")
            .host("fd00::7")
            .permitted("example.org")
            .permitted("fd00::/8")
            .client("search")
            .build());
    if (slow) {
      certificates.leaves().stream()
          .map(entry -> entry.toRequest().withKeyType(type))
          .forEach(request -> certificates.replace(request, LeafStorage.DEFAULT));
    }
    return certificates;
  }

  private static String verify(String purpose, Path anchors, Path chain) throws Exception {
    return OpenSsl.run(
        List.of(
            "verify",
            "-x509_strict",
            "-purpose",
            purpose,
            "-CAfile",
            anchors.toString(),
            "-untrusted",
            chain.toString(),
            chain.toString()));
  }

  /** Runs the command with a time limit. */
  static final class OpenSsl {
    private OpenSsl() {}

    static boolean isThere() throws Exception {
      try {
        return run(List.of("version")).startsWith("OpenSSL");
      } catch (IOException e) {
        // No such command.
        return false;
      }
    }

    static String run(List<String> arguments) throws Exception {
      Path output = Files.createTempFile("openssl", ".txt");
      ProcessBuilder builder = new ProcessBuilder("openssl");
      builder.command().addAll(arguments);
      Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      try {
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("openssl ends in time").isTrue();
        return Files.readString(output, StandardCharsets.UTF_8);
      } finally {
        process.destroyForcibly();
        Files.delete(output);
      }
    }
  }
}
