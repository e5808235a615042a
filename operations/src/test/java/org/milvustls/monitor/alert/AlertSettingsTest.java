package org.milvustls.monitor.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.monitor.YamlEntry;

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
        .extractingFromEntries(Map.Entry::getKey)
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
        .hasMessageContaining("'pager'; allowed: dingtalk, email, ntfy, slack, webhook");
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

  @Test
  void each_mistake_of_an_entry_has_its_message() {
    refuses("just text", ": not alerts; allowed: keys repeat and channels; of a channel type: ");
    refuses("channels: [text]", ": not alerts; allowed: keys repeat and channels");
    refuses("chanels: []", ": an unknown key: 'chanels'; allowed: channels, repeat");
    refuses(
        "channels: []",
        ": there is no list of channels; allowed: channels: with one entry or more");
    refuses("channels: [{url: 'http://h/'}]", ": a channel needs a key that is not there: 'type'");
    refuses(
        "channels: [{type: webhook}]",
        ": a channel has no address: 'webhook'; allowed: url-env, url-file, url");
    refuses(
        "channels: [{type: slack, name: room}]",
        ": a channel has no address: 'room'; allowed: url-env, url-file");
    refuses(
        "channels: [{type: webhook, url-env: DINGTALK_URL, url-file: a}]",
        ": a secret has two places: 'url'; allowed: -env or -file");
    refuses(
        "channels: [{type: webhook, url: 'http://h/', token: s3cret}]",
        ": an unknown key: 'token'; allowed: ca, name, token-env, token-file, type, url, url-env,"
            + " url-file\n  next: keep it in a file of its own or in the environment: it is a"
            + " secret");
    refuses(
        "channels: [{type: dingtalk, secret: x}]",
        ": an unknown key: 'secret'; allowed: ca, name, secret-env, secret-file, type, url-env,"
            + " url-file");
    refuses(
        "channels: [{type: webhook, url: ':'}]",
        ": the address of a channel is none: 'webhook'; allowed: https://HOST/... or"
            + " http://HOST/...");
  }

  @Test
  void each_mistake_of_an_entry_of_e_mail_has_its_message() {
    String mail = "channels: [{type: email, host: h, from: a@b.org, to: [c@d.org]%s}]";
    refuses(
        mail.formatted(", cc: x"),
        ": an unknown key: 'cc'; allowed: ca, from, host, name, password-env, password-file, port,"
            + " security, to, type, user");
    refuses(mail.formatted(", port: 0"), ": not a port: '0'; allowed: 1 to 65535");
    refuses(mail.formatted(", port: smtp"), ": not a port: 'smtp'; allowed: 1 to 65535");
    refuses(
        mail.formatted(", security: ssl"),
        ": an unknown security of e-mail: 'ssl'; allowed: starttls, tls, none");
    refuses(
        mail.formatted(", user: u"), ": a user needs a password, and a password its user: 'email'");
    refuses(
        "channels: [{type: email, from: a@b.org, to: [c@d.org]}]",
        ": a channel needs a key that is not there: 'host'");
    refuses(
        "channels: [{type: email, host: h, from: a@b.org}]",
        ": there is no list of to; allowed: to: with one entry or more");
    refuses(
        "channels: [{type: email, host: h, from: a@b.org, to: ['at all']}]",
        ": not an e-mail address: 'at all'");
  }

  @Test
  void twice_the_same_key_and_a_bomb_of_aliases_are_refused() {
    refuses("repeat: 1h\nrepeat: 2h", ": the alerts cannot be read: '");
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      String before = ", *a" + (i - 1);
      bomb.append("a%d: &a%d [%s]%n".formatted(i, i, before.repeat(9).substring(2)));
    }
    refuses(bomb.toString(), ": the alerts cannot be read: '");
  }

  @Test
  void two_classes_of_one_type_are_refused() {
    assertThatThrownBy(() -> ChannelTypes.of(List.of(new SlackType(), new SlackType())))
        .hasMessageStartingWith(
            "two classes bring one type of alert channel: %1$s and %1$s: 'slack'"
                .formatted(SlackType.class.getName()));
  }

  @Test
  void a_type_that_reads_a_key_it_does_not_state_is_a_fault_of_its_own() {
    ChannelOptions options =
        new ChannelOptions(
            new YamlEntry(Path.of("alerts.yaml"), Map.of("type", "x")),
            Set.of("url"),
            Map.of(),
            Duration.ofSeconds(1));
    assertThatThrownBy(() -> options.text("topic"))
        .hasMessage("the type reads 'topic', which its keys() lack");
  }

  private void refuses(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .hasMessageStartingWith(folder.resolve("alerts.yaml") + message);
  }
}
