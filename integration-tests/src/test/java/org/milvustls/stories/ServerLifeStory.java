package org.milvustls.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.v2.service.collection.request.CreateCollectionReq;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.MilvusTlsException;
import org.milvustls.client.SecureMilvus;
import org.milvustls.pki.CertificateDirectory.ServerFiles;
import org.milvustls.pki.InitRequest;
import org.milvustls.pki.LeafRequest;
import org.milvustls.server.MilvusServer;
import org.milvustls.server.MilvusServers;
import org.milvustls.server.ServerKind;
import org.milvustls.tls.TlsMode;

/**
 * Servers that run side by side, come back with their data, end for certain, and say why when they
 * die.
 */
@EachServerKind
class ServerLifeStory {
  private final Stage stage;

  ServerLifeStory(ServerKind kind) {
    this.stage = Stage.of(kind);
  }

  @Test
  void servers_of_all_modes_run_at_once_on_ports_of_their_own() {
    assertThat(Arrays.stream(TlsMode.values()).map(mode -> stage.server(mode).port()))
        .doesNotHaveDuplicates();
    for (TlsMode mode : TlsMode.values()) {
      MilvusServer server = stage.server(mode);
      try (SecureMilvus milvus =
          SecureMilvus.connect(stage.settings(server, stage.tls(mode).build()))) {
        assertThat(milvus.client().getServerVersion()).contains("2.");
      }
    }
  }

  @Test
  void a_restart_keeps_the_data_and_a_close_leaves_nothing_running() {
    MilvusServer server = MilvusServers.start(stage.request(TlsMode.MUTUAL).build());
    try {
      try (SecureMilvus milvus = connect(server)) {
        milvus
            .client()
            .createCollection(
                CreateCollectionReq.builder().collectionName("kept").dimension(4).build());
      }
      server.restart();
      try (SecureMilvus milvus = connect(server)) {
        assertThat(milvus.client().listCollections().getCollectionNames()).contains("kept");
      }
    } finally {
      OptionalLong pid = server.pid();
      server.close();
      assertThat(server.isAlive()).isFalse();
      assertThat(pid.isPresent() && ProcessHandle.of(pid.getAsLong()).isPresent()).isFalse();
    }
  }

  private SecureMilvus connect(MilvusServer server) {
    return SecureMilvus.connect(stage.settings(server, stage.tls(TlsMode.MUTUAL).build()));
  }

  @Test
  void a_server_with_the_key_of_another_certificate_is_told_with_its_exit_and_its_log(
      @TempDir Path folder) {
    ServerFiles files = stage.certificates().serverFiles(InitRequest.DEFAULT_SERVER);
    Path otherKey =
        stage
            .leaf(
                "other-" + folder.getFileName(),
                LeafRequest.server("other", org.milvustls.pki.HostName.listOf("localhost")),
                org.milvustls.pki.LeafRole.SERVER)
            .key();
    assertThatThrownBy(
            () ->
                MilvusServers.start(
                        stage
                            .request(TlsMode.SERVER)
                            .certificate(files.certificate(), otherKey)
                            .build())
                    .close())
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("exit code")
        .hasMessageContaining("private key does not match public key");
  }
}
