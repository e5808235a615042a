package org.milvustls.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.milvustls.monitor.alert.AlertSettings;
import org.milvustls.monitor.alert.Alerts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code monitor test-alert}: sends a test alert, to find delivery problems early. */
@Command(
    name = "test-alert",
    description = "Sends a test message on each channel of alerts, and says how it went.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all channels took it",
      "2:CRITICAL: one did not",
      "3:UNKNOWN: wrong usage, or an error of this program"
    },
    exitCodeOnInvalidInput = MonitorCheck.UNKNOWN,
    exitCodeOnExecutionException = MonitorCheck.UNKNOWN,
    footer = "  milvus-tls monitor test-alert --alerts /etc/milvus-tls/alerts.yaml")
final class MonitorTestAlert implements Callable<Integer> {
  private static final int CRITICAL = 2;

  @Option(
      names = "--alerts",
      paramLabel = "FILE",
      required = true,
      description = "YAML file that says whom to tell; see docs/monitoring.md.")
  private Path alerts = Path.of("");

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "Only this channel; default: all.")
  private @Nullable String channel;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    AlertSettings settings = AlertSettings.read(alerts);
    List<Alerts.Outcome> outcomes =
        Alerts.test(channel == null ? settings : settings.only(channel), Instant.now());
    PrintWriter out = spec.commandLine().getOut();
    outcomes.forEach(
        outcome ->
            out.println(
                outcome.channel()
                    + ": "
                    + outcome.failure().map(why -> "NOT delivered: " + why).orElse("delivered")));
    out.flush();
    return outcomes.stream().allMatch(outcome -> outcome.failure().isEmpty())
        ? ExitCodes.OK
        : CRITICAL;
  }
}
