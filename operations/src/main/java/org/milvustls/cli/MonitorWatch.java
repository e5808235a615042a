package org.milvustls.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.monitor.Spans;
import org.milvustls.monitor.alert.AlertMemory;
import org.milvustls.monitor.alert.AlertSettings;
import org.milvustls.monitor.alert.Alerts;
import org.milvustls.monitor.watch.Schedule;
import org.milvustls.monitor.watch.Watch;
import org.milvustls.monitor.watch.WatchedTargets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code monitor watch}: checks repeatedly, until Ctrl-C or SIGTERM. */
@Command(
    name = "watch",
    description = {
      "Looks at targets again and again, serves /metrics and /healthz, and tells channels of alerts"
          + " when a state changes, while it stays bad, and when all is well again. SIGHUP or a"
          + " change of the file reads the list of targets again. Runs until Ctrl-C or SIGTERM."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "3:wrong usage, or it cannot start",
      "130:ended by Ctrl-C",
      "143:ended by SIGTERM"
    },
    exitCodeOnInvalidInput = MonitorCheck.UNKNOWN,
    exitCodeOnExecutionException = MonitorCheck.UNKNOWN,
    footer = {
      "  milvus-tls monitor watch --targets /etc/milvus-tls/targets.yaml \\",
      "      --alerts /etc/milvus-tls/alerts.yaml --state /var/lib/milvus-tls/alerts.json"
    })
final class MonitorWatch implements Callable<Integer> {
  private static final double JITTER = 0.1;

  /** Longest wait for a message in delivery at the end. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Mixin private MonitorOptions options = new MonitorOptions();

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      defaultValue = "1h",
      description =
          "From one check to the next, as in 30m or 1h, a tenth more or less at random; default:"
              + " ${DEFAULT-VALUE}.")
  private String interval = "1h";

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:9464",
      description =
          "Where /metrics and /healthz are served, without TLS and to anybody; default:"
              + " ${DEFAULT-VALUE}.")
  private String listen = "127.0.0.1:9464";

  @Option(
      names = "--alerts",
      paramLabel = "FILE",
      description = "YAML file that says whom to tell; see docs/monitoring.md. Default: nobody.")
  private @Nullable Path alerts;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description =
          "Keeps what was told, so that a restart repeats nothing; of one monitor at a time."
              + " Default: beside the file of --alerts, with '.state' added.")
  private @Nullable Path state;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Clock clock = Clock.systemUTC();
    Endpoint at =
        Endpoint.parse(listen)
            .orElseThrow(
                () ->
                    MilvusTlsException.usage("not an address to listen on")
                        .seen(listen)
                        .allowed("HOST:PORT, such as 127.0.0.1:9464")
                        .build());
    WatchedTargets targets = new WatchedTargets(options.list(), () -> options.watched(clock));
    try (Watch watch = Watch.start(targets, schedule(), alerts(), at.host(), at.port(), clock)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(watch), "monitor-end"));
      watch.reloadOnHangUp();
      note("metrics: http://" + listen + "/metrics; Ctrl-C ends");
      watch.run();
    }
    return ExitCodes.OK;
  }

  private Schedule schedule() {
    return new Schedule(
        Spans.parse(interval)
            .orElseThrow(
                () ->
                    MilvusTlsException.usage("not an interval")
                        .seen(interval)
                        .allowed("a time such as 90s, 30m, 1h or 1d")
                        .build()),
        JITTER);
  }

  private Optional<Alerts> alerts() {
    if (alerts == null) {
      if (state != null) {
        throw MilvusTlsException.usage("--state keeps what was told, and nobody is told anything")
            .next("give --alerts FILE too")
            .build();
      }
      return Optional.empty();
    }
    AlertSettings settings = AlertSettings.read(alerts);
    Path memory = state == null ? alerts.resolveSibling(alerts.getFileName() + ".state") : state;
    return Optional.of(new Alerts(settings, AlertMemory.open(memory)));
  }

  /** Waits so that a message in delivery is recorded; gives up after the limit. */
  private static void end(Watch watch) {
    watch.close();
    try {
      watch.awaitMessages(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void note(String text) {
    spec.commandLine().getErr().println(text);
    spec.commandLine().getErr().flush();
  }
}
