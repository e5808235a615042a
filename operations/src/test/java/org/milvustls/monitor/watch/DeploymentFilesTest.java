package org.milvustls.monitor.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.milvustls.monitor.CertificateStatus;
import org.milvustls.monitor.MonitorFinding;
import org.milvustls.monitor.MonitorReport;
import org.milvustls.monitor.State;
import org.milvustls.monitor.TargetStatus;
import org.milvustls.pki.CertificateFacts;

/** The rules and the dashboard in deploy/monitoring speak of metrics that there are. */
class DeploymentFilesTest {
  private static final Pattern METRIC = Pattern.compile("\\b(?:milvus_tls|x509_cert)_[a-z_]+\\b");
  private static final Pattern EXPORTED = Pattern.compile("(?m)^([a-z0-9_]+)[{ ]");
  private static final Path FOLDER = folder();

  private static Path folder() {
    Path module = Path.of("").toAbsolutePath();
    Path here = module.resolve("deploy/monitoring");
    return Files.isDirectory(here) ? here : module.resolveSibling("deploy/monitoring");
  }

  private static Set<String> exported() throws IOException {
    Instant now = Instant.now();
    CertificateFacts facts =
        new CertificateFacts(
            "CN=a",
            "CN=b",
            BigInteger.ONE,
            false,
            List.of("a"),
            List.of(),
            List.of(),
            "ecdsa-p256",
            "SHA256withECDSA",
            now,
            now,
            "00");
    WatchMetrics metrics = new WatchMetrics(List.of("email"));
    metrics.checked(
        new MonitorReport(
            now,
            List.of(
                new TargetStatus(
                    "t",
                    State.CRITICAL,
                    List.of(new CertificateStatus("t", facts, State.OK, Duration.ofDays(1))),
                    List.of(new MonitorFinding("name-mismatch", State.CRITICAL, "d"))))),
        Duration.ofSeconds(1));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, metrics.registry().scrape());
    return named(EXPORTED, text.toString(StandardCharsets.UTF_8));
  }

  private static Set<String> named(Pattern pattern, String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(matcher.groupCount()));
    }
    return names;
  }

  @Test
  void every_metric_of_the_rules_is_exported() throws Exception {
    Set<String> used = named(METRIC, Files.readString(FOLDER.resolve("milvus-tls.rules.yml")));
    assertThat(used).hasSizeGreaterThan(4);
    assertThat(exported()).containsAll(used);
  }

  @Test
  void every_metric_of_the_dashboard_is_exported_and_its_panels_are_whole() throws Exception {
    JsonNode dashboard =
        new ObjectMapper().readTree(FOLDER.resolve("milvus-tls.dashboard.json").toFile());
    Set<String> used = named(METRIC, dashboard.toString());
    // The dashboard's own name is written with a dash.
    assertThat(used).hasSizeGreaterThan(6);
    assertThat(exported()).containsAll(used);
    assertThat(dashboard.path("panels"))
        .isNotEmpty()
        .allSatisfy(
            panel -> {
              assertThat(panel.path("title").asText()).isNotBlank();
              assertThat(panel.path("gridPos").size()).isEqualTo(4);
              assertThat(panel.path("targets"))
                  .isNotEmpty()
                  .allSatisfy(query -> assertThat(query.path("expr").asText()).isNotBlank());
            });
    assertThat(Stream.of("datasource", "target"))
        .allSatisfy(
            name ->
                assertThat(dashboard.path("templating").findValuesAsText("name")).contains(name));
  }

  @Test
  void promtool_finds_nothing_wrong_with_the_rules() throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .map(Path::of)
            .anyMatch(folder -> Files.isExecutable(folder.resolve("promtool"))),
        "promtool is not on the path (Debian package prometheus)");
    assertThat(promtool("check", "rules", "milvus-tls.rules.yml")).contains("SUCCESS");
    assertThat(promtool("test", "rules", "milvus-tls.rules.test.yml")).contains("SUCCESS");
  }

  private static String promtool(String... arguments) throws Exception {
    List<String> command = Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
    Process process =
        new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
    try {
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("promtool ended").isTrue();
      assertThat(process.exitValue()).as(text).isZero();
      return text;
    } finally {
      process.destroyForcibly();
    }
  }
}
