package org.milvustls.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the configuration files of one embedded Milvus into its folder. */
final class EmbeddedConfig {
  /** A placeholder of the template: {@code name(type): default}, type and default optional. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{\\s*(\\w+)(?:\\(\\w+\\))?(?:\\s*:\\s*(.*?))?\\s*}}");

  /** An unset address, which Milvus would guess from the interfaces; these may change. */
  private static final Pattern UNSET_ADDRESS = Pattern.compile("(?m)^(\\s+ip:)(?=\\s*(#.*)?$)");

  private EmbeddedConfig() {}

  /** Writes {@code configs/} with {@code milvus.yaml}, {@code glog.conf} and {@code etcd.yaml}. */
  static void write(EmbeddedDistribution distribution, Path folder, EmbeddedPorts ports)
      throws IOException {
    Path configs = Files.createDirectories(folder.resolve("configs"));
    Files.createDirectories(folder.resolve("logs"));
    Files.createDirectories(folder.resolve("run"));
    Files.writeString(
        configs.resolve("milvus.yaml"),
        render(Files.readString(distribution.configTemplate()), folder, ports));
    Files.writeString(etcdConfig(folder), etcd(folder, ports));
    Files.copy(
        distribution.glogConf(), configs.resolve("glog.conf"), StandardCopyOption.REPLACE_EXISTING);
  }

  /** The file that {@code ETCD_CONFIG_PATH} names. */
  static Path etcdConfig(Path folder) {
    return folder.resolve("configs").resolve("etcd.yaml");
  }

  static String render(String template, Path folder, EmbeddedPorts ports) {
    String filled =
        PLACEHOLDER
            .matcher(template)
            .replaceAll(match -> Matcher.quoteReplacement(value(match, folder, ports)));
    return UNSET_ADDRESS.matcher(filled).replaceAll("$1 127.0.0.1");
  }

  private static String value(
      java.util.regex.MatchResult placeholder, Path folder, EmbeddedPorts ports) {
    String name = placeholder.group(1);
    return switch (name) {
      case "etcd_data_dir" -> etcdData(folder).toString();
      case "local_storage_dir" -> folder.resolve("data").toString();
      case "rocksmq_data_dir" -> folder.resolve("data").resolve("rocksmq").toString();
      case "etcd_log_path" -> folder.resolve("logs").resolve("etcd.log").toString();
      // Empty: the log goes only to standard output, which this program stores.
      case "system_log_path" -> "\"\"";
      default -> {
        if (name.endsWith("_port")) {
          yield Integer.toString(ports.forPlaceholder(name));
        }
        String standard = placeholder.group(2);
        if (standard == null) {
          throw new IllegalArgumentException("the template asks for an unknown value: " + name);
        }
        yield standard;
      }
    };
  }

  private static Path etcdData(Path folder) {
    return folder.resolve("data").resolve("etcd.data");
  }

  /**
   * The timeouts are a half and a quarter of etcd's defaults. Its only member elects itself after
   * one of them, and Milvus waits for that: about half a second of each start.
   */
  private static String etcd(Path folder, EmbeddedPorts ports) {
    String client = "http://127.0.0.1:" + ports.etcdClient();
    String peer = "http://127.0.0.1:" + ports.etcdPeer();
    return """
        name: default
        data-dir: %s
        listen-client-urls: %s
        advertise-client-urls: %s
        listen-peer-urls: %s
        initial-advertise-peer-urls: %s
        initial-cluster: default=%s
        enable-grpc-gateway: true
        heartbeat-interval: 50
        election-timeout: 250
        """
        .formatted(etcdData(folder), client, client, peer, peer, peer);
  }
}
