package org.milvustls.monitor.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.monitor.CertificateMonitor;
import org.milvustls.monitor.TargetList;
import org.milvustls.monitor.alert.AlertMemory;
import org.milvustls.monitor.alert.AlertSettings;
import org.milvustls.monitor.alert.Alerts;
import org.milvustls.monitor.alert.Receiver;
import org.milvustls.pki.AuthorityRequest;
import org.milvustls.pki.CertificateAuthority;

class WatchTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Duration HOUR = Duration.ofHours(1);
  private final Path folder;
  private final Path list;
  private final Receiver receiver = new Receiver();

  WatchTest(@TempDir Path folder) {
    this.folder = folder;
    this.list = folder.resolve("targets.yaml");
  }

  @BeforeEach
  void write() throws Exception {
    CertificateAuthority.root(AuthorityRequest.root("R"), CLOCK)
        .intermediate(AuthorityRequest.intermediate("I"))
        .issueServer("milvus", "localhost")
        .writePem(folder.resolve("server.pem"), folder.resolve("server.key"));
    Files.writeString(list, "targets: [{path: server.pem}]");
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private WatchedTargets targets() {
    return new WatchedTargets(
        Optional.of(list),
        () -> new Watched(CertificateMonitor.withClock(CLOCK), TargetList.read(list).targets()));
  }

  private Watch watch(Optional<Alerts> alerts) {
    return Watch.start(targets(), new Schedule(HOUR, 0), alerts, "127.0.0.1", 0, CLOCK);
  }

  private static CompletableFuture<Void> running(Watch watch) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            watch.run();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static HttpResponse<String> get(Watch watch, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + watch.port() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** The metrics when they are as awaited, or as they are after half a minute. */
  private static String metrics(Watch watch, Predicate<String> awaited) throws Exception {
    String text = "";
    for (int i = 0; i < 300 && !awaited.test(text); i++) {
      Thread.sleep(100);
      text = get(watch, "/metrics").body();
    }
    return text;
  }

  @Test
  void serves_metrics_and_health_and_ends_when_it_is_closed() throws Exception {
    Watch watch = watch(Optional.empty());
    CompletableFuture<Void> running = running(watch);
    try (watch) {
      assertThat(metrics(watch, text -> text.contains("x509_cert_not_after")))
          .contains("milvus_tls_target_state{target=\"" + folder.resolve("server.pem") + "\"} 0.0")
          .contains("milvus_tls_targets_last_reload_successful 1.0")
          .contains("milvus_tls_check_duration_seconds ");
      assertThat(get(watch, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(watch, "/healthz").body()).startsWith("ok, last check ");
      assertThat(get(watch, "/").statusCode()).isEqualTo(404);
    }
    running.get(5, TimeUnit.MINUTES);
  }

  @Test
  void a_broken_list_keeps_the_old_one_and_says_so_until_it_is_mended() throws Exception {
    CompletableFuture<Void> running;
    try (Watch watch = watch(Optional.empty())) {
      running = running(watch);
      metrics(watch, text -> text.contains("x509_cert_not_after"));
      Files.writeString(list, "targets: []");
      assertThat(metrics(watch, text -> text.contains("reload_successful 0.0")))
          .contains("milvus_tls_targets_last_reload_successful 0.0")
          .contains("server.pem");
      Files.writeString(list, "targets: [{path: server.pem}, {path: missing.pem}]");
      assertThat(metrics(watch, text -> text.contains("missing.pem")))
          .contains("milvus_tls_targets_last_reload_successful 1.0")
          .contains("missing.pem\"} 5.0");
    }
    running.get(5, TimeUnit.MINUTES);
  }

  @Test
  void a_reload_that_is_asked_for_reads_a_list_that_looks_the_same() throws Exception {
    CompletableFuture<Void> running;
    try (Watch watch = watch(Optional.empty())) {
      running = running(watch);
      String before = metrics(watch, text -> text.contains("x509_cert_not_after"));
      Files.delete(folder.resolve("server.pem"));
      watch.reload();
      assertThat(before).contains("server.pem\"} 0.0");
      assertThat(metrics(watch, text -> text.contains("server.pem\"} 5.0")))
          .contains("server.pem\"} 5.0");
    }
    running.get(5, TimeUnit.MINUTES);
  }

  @Test
  void a_change_reaches_people_and_a_restart_does_not_repeat_it() throws Exception {
    Files.writeString(list, "targets: [{path: missing.pem}]");
    Path settings =
        Files.writeString(
            folder.resolve("alerts.yaml"),
            "channels: [{type: webhook, url: '" + receiver.url("/") + "'}]");
    for (int start = 0; start < 2; start++) {
      AlertMemory memory = AlertMemory.open(folder.resolve("alerts.state"));
      Alerts alerts = new Alerts(AlertSettings.read(settings), memory);
      Watch watch = watch(Optional.of(alerts));
      CompletableFuture<Void> running = running(watch);
      String delivered = start == 0 ? "\"true\"} 1.0" : "\"true\"} 0.0";
      try (watch) {
        assertThat(metrics(watch, text -> text.contains("missing.pem")))
            .contains("missing.pem\"} 5.0");
        assertThat(metrics(watch, text -> text.contains(delivered))).contains(delivered);
      }
      running.get(5, TimeUnit.MINUTES);
      memory.close();
    }
    assertThat(receiver.requests()).hasSize(1);
    assertThat(receiver.requests().get(0).body()).contains("UNREACHABLE").contains("missing.pem");
  }

  @Test
  void an_address_that_is_taken_is_an_error_that_names_it() {
    try (Watch watch = watch(Optional.empty())) {
      assertThatThrownBy(
              () ->
                  Watch.start(
                      targets(),
                      new Schedule(HOUR, 0),
                      Optional.empty(),
                      "127.0.0.1",
                      watch.port(),
                      CLOCK))
          .hasMessageStartingWith("cannot serve metrics: ")
          .hasMessageContaining("'127.0.0.1:" + watch.port() + "'");
    }
  }

  @Test
  void health_ends_three_intervals_after_the_last_check() {
    Instant start = Instant.parse("2026-03-01T12:00:00Z");
    Instant[] now = {start};
    Clock clock =
        new Clock() {
          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now[0];
          }
        };
    Health health = new Health(clock, HOUR);
    health.checked();
    now[0] = start.plus(HOUR.multipliedBy(3));
    assertThat(health.isHealthy()).isTrue();
    now[0] = now[0].plus(Duration.ofMinutes(2));
    assertThat(health.isHealthy()).isFalse();
    assertThat(health.text()).isEqualTo("stale, last check 2026-03-01T12:00:00Z\n");
  }

  @Test
  void checks_come_a_tenth_sooner_or_later_and_soon_after_a_failed_delivery() {
    Schedule schedule = new Schedule(HOUR, 0.1);
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      assertThat(schedule.next(random)).isBetween(Duration.ofMinutes(54), Duration.ofMinutes(66));
    }
    assertThat(schedule.next(random)).isNotEqualTo(schedule.next(random));
    assertThat(schedule.soon(random)).isEqualTo(Duration.ofMinutes(1));
    assertThatThrownBy(() -> new Schedule(Duration.ZERO, 0))
        .hasMessageStartingWith("not an interval of checks");
  }
}
