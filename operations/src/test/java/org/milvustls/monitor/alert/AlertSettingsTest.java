package org.milvustls.monitor.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertSettingsTest {
  private final Path folder;

  AlertSettingsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private AlertSettings read(String text) throws IOException {
    return AlertSettings.read(
        Files.writeString(folder.resolve("alerts.yaml"), text),
        Map.of("DINGTALK_URL", "https://oapi.dingtalk.com/robot/send?access_token=t0ken"));
  }

  @Test
  void all_channels_are_read_with_secrets_from_files_and_environment() throws Exception {
    Files.writeString(folder.resolve("slack.url"), "https://hooks.slack.com/services/T/B/x\n");
    Files.writeString(folder.resolve("smtp.password"), "s3cret\n");
    AlertSettings settings =
        read(
            """
            repeat: 6h
            channels:
              - type: webhook
                url: https://alerts.example.org/hook
              - {type: slack, url-file: slack.url}
              - {type: dingtalk, url-env: DINGTALK_URL}
              - type: email
                host: smtp.example.org
                user: monitor
                password-file: smtp.password
                from: monitor@example.org
                to: [ops@example.org]
            """);
    assertThat(settings.repeat()).isEqualTo(Duration.ofHours(6));
    assertThat(settings.channels())
        .extracting(AlertChannel::name)
        .containsExactly("webhook", "slack", "dingtalk", "email");
    assertThat(settings.only("slack").channels()).hasSize(1);
    assertThatThrownBy(() -> settings.only("pager"))
        .hasMessage("no such channel: 'pager'; allowed: webhook, slack, dingtalk, email");
  }

  @Test
  void a_secret_in_the_file_itself_is_refused_and_not_shown() {
    assertThatThrownBy(() -> read("channels: [{type: slack, url: 'https://h/s3cret'}]"))
        .hasMessageContaining("an unknown key: 'url'; allowed: ca, name, type, url-env, url-file")
        .hasMessageContaining("it is a secret")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> read("channels: [{type: email, host: h, user: u, password: s3cret}]"))
        .hasMessageContaining("an unknown key: 'password'")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void says_what_is_wrong() {
    assertThatThrownBy(() -> read("channels: []"))
        .hasMessageContaining("there is no list of channels");
    assertThatThrownBy(() -> read("channels: [{type: pager}]"))
        .hasMessageContaining("'pager'; allowed: webhook, slack, dingtalk, email");
    assertThatThrownBy(() -> read("channels: [{type: slack, url-env: NOT_SET}]"))
        .hasMessageContaining("a variable of the environment is not set: 'NOT_SET'");
    assertThatThrownBy(() -> read("channels: [{type: slack, url-file: missing}]"))
        .hasMessageContaining("a file with a secret cannot be read");
    assertThatThrownBy(() -> read("channels: [{type: webhook, url: 'ftp://h/'}]"))
        .hasMessageContaining("the address of a channel is none: 'webhook'");
    assertThatThrownBy(() -> read("repeat: often\nchannels: [{type: webhook, url: 'http://h/'}]"))
        .hasMessageContaining("not a time: 'often'");
    assertThatThrownBy(
            () ->
                read(
                    "channels: [{type: webhook, url: 'http://h/'}, {type: webhook, url:"
                        + " 'http://i/'}]"))
        .hasMessageContaining("two channels have one name: 'webhook'");
  }
}
