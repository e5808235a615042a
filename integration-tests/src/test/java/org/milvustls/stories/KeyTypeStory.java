package org.milvustls.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.milvustls.client.ConnectionFailedException;
import org.milvustls.client.ConnectionSettings;
import org.milvustls.client.SecureMilvus;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.CertificateDirectory.ClientFiles;
import org.milvustls.pki.CertificateDirectory.ServerFiles;
import org.milvustls.pki.HostName;
import org.milvustls.pki.InitRequest;
import org.milvustls.pki.KeyType;
import org.milvustls.pki.LeafRequest;
import org.milvustls.pki.LeafStorage;
import org.milvustls.server.MilvusServer;
import org.milvustls.server.MilvusServers;
import org.milvustls.server.ServerKind;
import org.milvustls.server.ServerRequest;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;

/**
 * Which keys a real Milvus and its clients accept; the table of the documentation says the same.
 */
@Execution(ExecutionMode.CONCURRENT)
class KeyTypeStory {
  private static final Path DOCUMENTATION = Path.of("../docs/certificates.md");
  private static final String HEADER =
      "| key | server leaf, client on the JDK | on BoringSSL | client leaf on the JDK | on BoringSSL |";

  private final CertificateDirectory directory;

  KeyTypeStory(@TempDir Path folder) {
    Stage.of(ServerKind.EMBEDDED);
    this.directory = CertificateDirectory.at(folder.resolve("certs"));
  }

  @Test
  void the_documented_table_is_what_a_real_milvus_does() throws Exception {
    InitRequest.Builder request = InitRequest.builder().host("localhost");
    directory.init(request.client("peer").build());
    for (KeyType type : KeyType.values()) {
      directory.issue(LeafRequest.client(type.id()).withKeyType(type), LeafStorage.DEFAULT);
    }
    List<String> table = new ArrayList<>(List.of(HEADER, "|---|---|---|---|---|"));
    ServerFiles files = directory.serverFiles("milvus");
    try (MilvusServer server =
        MilvusServers.start(
            ServerRequest.builder(TlsMode.MUTUAL)
                .kind(ServerKind.EMBEDDED)
                .certificate(files.certificate(), files.key())
                .clientCa(files.clientCa())
                .build())) {
      Map<KeyType, String> clients = new EnumMap<>(KeyType.class);
      for (KeyType type : KeyType.values()) {
        clients.put(type, answers(server, type.id()));
      }
      for (KeyType type : KeyType.values()) {
        if (type != KeyType.ECDSA_P256) {
          directory.replace(
              LeafRequest.server("milvus", HostName.listOf("localhost")).withKeyType(type),
              LeafStorage.DEFAULT);
          server.restart();
        }
        table.add(
            "| `%s` | %s | %s |".formatted(type.id(), answers(server, "peer"), clients.get(type)));
      }
    }
    assertThat(Files.readString(DOCUMENTATION)).contains(String.join("\n", table));
  }

  /** Whether the first call is answered, on the JDK and on BoringSSL. */
  private String answers(MilvusServer server, String client) {
    return answer(server, client, TlsProvider.JDK)
        + " | "
        + answer(server, client, TlsProvider.BORINGSSL);
  }

  private String answer(MilvusServer server, String client, TlsProvider provider) {
    ClientFiles files = directory.clientFiles(client);
    TlsSettings tls =
        TlsSettings.builder(TlsMode.MUTUAL)
            .provider(provider)
            .trustAnchors(files.trustAnchors())
            .clientCertificate(files.certificate(), files.key())
            .build();
    try (SecureMilvus milvus =
        SecureMilvus.connect(ConnectionSettings.builder("localhost", server.port(), tls).build())) {
      milvus.client().listCollections();
      return "yes";
    } catch (ConnectionFailedException e) {
      System.out.println(
          "[stories] " + provider + ", client leaf " + client + ": " + e.getMessage());
      return "**no**";
    }
  }
}
