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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
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

  private static CertificateDirectory directory(KeyType type) {
    return Objects.requireNonNull(ISSUED.get(type));
  }

  private static CertificateDirectory issued(Path path, KeyType type) {
    CertificateDirectory certificates = CertificateDirectory.at(path);
    certificates.init(
        InitRequest.builder()
            .keyType(type)
            .host("milvus.example.org")
            .host("*.example.org")
            .host("::1")
            .client("search")
            .build());
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
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("openssl ends in time").isTrue();
        return Files.readString(output, StandardCharsets.UTF_8);
      } finally {
        process.destroyForcibly();
        Files.delete(output);
      }
    }
  }
}
