package org.example.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.monitor.alert.AlertSettings;
import org.milvustls.monitor.alert.Alerts;
import org.milvustls.monitor.alert.Receiver;

/** A type of channel that somebody else brings, by META-INF/services of the test class path. */
class OwnChannelTypeTest {
  private final Receiver receiver = new Receiver();
  private final Path folder;

  OwnChannelTypeTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private AlertSettings settings(String entry) throws IOException {
    Files.writeString(folder.resolve("ntfy.token"), "tk_s3cret\n");
    return AlertSettings.read(
        Files.writeString(
            folder.resolve("alerts.yaml"),
            "channels: [{type: ntfy, url: '" + receiver.url("/") + "', " + entry + "}]"));
  }

  @Test
  void is_found_by_its_name_and_delivers() throws Exception {
    AlertSettings settings = settings("name: phone, topic: milvus, token-file: ntfy.token");
    assertThat(Alerts.test(settings, Instant.EPOCH))
        .containsExactly(new Alerts.Outcome("phone", 1, Optional.empty()));
    Receiver.Request request = receiver.requests().get(0);
    assertThat(request.authorization()).isEqualTo("Bearer tk_s3cret");
    assertThat(request.body())
        .startsWith(
            "{\"topic\":\"milvus\",\"title\":\"milvus-tls: TEST test\",\"message\":\"TEST test: ");
  }

  @Test
  void has_its_values_checked_as_those_of_the_built_in_types_are() {
    assertThatThrownBy(() -> settings("token-file: ntfy.token"))
        .hasMessageEndingWith("alerts.yaml: a channel needs a key that is not there: 'topic'");
    assertThatThrownBy(() -> settings("topic: milvus, token: tk_s3cret"))
        .hasMessageContaining("an unknown key: 'token'; allowed: ca, name, token-env, token-file,")
        .hasMessageNotContaining("tk_s3cret");
  }
}
