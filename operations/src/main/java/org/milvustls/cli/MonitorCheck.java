package org.milvustls.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.milvustls.monitor.MonitorMetrics;
import org.milvustls.monitor.MonitorReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code monitor check}: checks once, with the output of a monitoring plug-in. */
@Command(
    name = "check",
    description = {
      "Says whether certificates in files, directories, key stores and on servers are about to"
          + " expire, and whether what was renewed is served. The first line is STATE - text |"
          + " perfdata."
    },
    exitCodeListHeading = "%nExit codes, as of monitoring plug-ins:%n",
    exitCodeList = {
      "0:OK",
      "1:WARNING, also renewed but not served, permissions",
      "2:CRITICAL, also expired, not yet valid, unreachable, name, trust, plaintext",
      "3:UNKNOWN: wrong usage, or an error of this program"
    },
    exitCodeOnInvalidInput = MonitorCheck.UNKNOWN,
    exitCodeOnExecutionException = MonitorCheck.UNKNOWN,
    footer = {
      "  milvus-tls monitor check certs",
      "  milvus-tls monitor check certs@localhost:19530 --ca certs/ca.pem",
      "  milvus-tls monitor check --targets targets.yaml --prometheus /var/lib/node/milvus.prom"
    })
final class MonitorCheck implements Callable<Integer> {
  static final int UNKNOWN = 3;

  @Mixin private MonitorOptions options = new MonitorOptions();

  @Option(names = "--json", description = "Report as JSON.")
  private boolean json;

  @Option(
      names = "--prometheus",
      paramLabel = "FILE",
      description = "Also write the metrics there, for the text file collector; replaced whole.")
  private @Nullable Path prometheus;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    MonitorReport report = options.watched(Clock.systemUTC()).check();
    if (prometheus != null) {
      MonitorMetrics.write(report, prometheus);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? MonitorText.json(report) : MonitorText.text(report));
    out.flush();
    return report.state().exitCode();
  }
}
