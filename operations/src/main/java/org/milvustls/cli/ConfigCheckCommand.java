package org.milvustls.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.milvus.ConfigCheck;
import org.milvustls.milvus.ConfigCheckRequest;
import org.milvustls.milvus.ConfigFinding;
import org.milvustls.milvus.ConfigReport;
import org.milvustls.milvus.Link;
import org.milvustls.milvus.MilvusVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code config check}: shows the real effect of a configuration. */
@Command(
    name = "check",
    description = {
      "Says what a configuration of Milvus would really do, then what is wrong with it, and which"
          + " links are encrypted. Exit code 1 with findings."
    },
    footer =
        "  milvus-tls config check milvus.yaml --env-file milvus.env --map /milvus/tls=certs/servers/milvus")
final class ConfigCheckCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = {
        "Files in the order in which Milvus reads them: milvus.yaml, then user.yaml. A Compose file"
            + " among them gives the environment, mounted files and published ports of its Milvus."
      })
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--milvus",
      paramLabel = "VERSION",
      converter = Converters.OfMilvusVersion.class,
      completionCandidates = Converters.MilvusLines.class,
      description = "${COMPLETION-CANDIDATES}, with or without a patch level. Default: 2.6.")
  private MilvusVersion version = MilvusVersion.of("2.6");

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description = "The environment of the server, one NAME=VALUE a line; it wins over files.")
  private @Nullable Path environment;

  @Option(
      names = "--map",
      paramLabel = "SERVER=LOCAL",
      description = "Where a folder of the server is on this machine; repeat it for more.")
  private Map<String, Path> mapped = new LinkedHashMap<>();

  @Option(names = "--json", description = "Report as JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    mapped.forEach(ConfigCheckCommand::requireThere);
    ConfigReport report =
        ConfigCheck.check(
            new ConfigCheckRequest(version, files, Optional.ofNullable(environment), mapped),
            Clock.systemUTC());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(report));
    } else {
      print(out, report);
    }
    out.flush();
    return report.findings().isEmpty() ? ExitCodes.OK : ExitCodes.NO;
  }

  private static void requireThere(String server, Path local) {
    if (local.toString().isEmpty() || !Files.exists(local)) {
      throw MilvusTlsException.usage("what --map names is not on this machine")
          .seen(server + "=" + local)
          .allowed("SERVER=LOCAL, such as /milvus/tls=certs/servers/milvus")
          .build();
    }
  }

  private void print(PrintWriter out, ConfigReport report) {
    out.println("Milvus " + version + " with this configuration " + report.effect() + ".");
    for (ConfigFinding finding : report.findings()) {
      out.println();
      out.println(
          finding.severity().name().toLowerCase(Locale.ROOT)
              + " "
              + finding.id()
              + " at "
              + finding.place());
      out.println("  " + finding.reason());
      out.println("  next: " + finding.remedy());
    }
    out.println();
    out.println("Links:");
    for (Link link : report.links()) {
      out.printf(
          Locale.ROOT, "  %-36s %-10s %s%n", link.name(), link.protection().id(), link.remark());
    }
    out.println();
    if (!report.advisories().isEmpty()) {
      out.println("Published weaknesses of this version:");
      report.advisories().forEach(advisory -> out.println("  " + advisory.line(version)));
      out.println();
    }
    out.println("Not checked:");
    report.notChecked().forEach(line -> out.println("  " + line));
  }

  private String json(ConfigReport report) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("milvus", version.toString());
    root.put("effect", report.effect());
    ArrayNode findings = root.putArray("findings");
    for (ConfigFinding finding : report.findings()) {
      ObjectNode node = findings.addObject();
      node.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
      node.put("id", finding.id());
      node.put("place", finding.place());
      node.put("reason", finding.reason());
      node.put("remedy", finding.remedy());
    }
    ArrayNode links = root.putArray("links");
    for (Link link : report.links()) {
      ObjectNode node = links.addObject();
      node.put("name", link.name());
      node.put("protection", link.protection().id());
      node.put("remark", link.remark());
    }
    ArrayNode advisories = root.putArray("advisories");
    report.advisories().forEach(advisory -> advisories.add(advisory.line(version)));
    ArrayNode notChecked = root.putArray("notChecked");
    report.notChecked().forEach(notChecked::add);
    return root.toPrettyString();
  }
}
