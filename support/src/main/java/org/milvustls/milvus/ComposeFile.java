package org.milvustls.milvus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.milvus.ConfigFinding.Severity;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The settings of the Milvus in a Compose file: its environment, its mounted files of this machine,
 * and its published ports. With several services of Milvus, it takes environment and files of the
 * proxy, and the ports of all.
 */
final class ComposeFile {
  /**
   * Default port of metrics, health and management: {@code common.MetricsPort}; METRICS_PORT
   * overrides it.
   */
  private static final int METRICS = 9091;

  private static final Pattern IMAGE = Pattern.compile("(.*/)?milvus[^/]*");
  private static final Pattern SERVICE = Pattern.compile(".*(milvus|standalone|proxy).*");
  private static final Pattern WITH_DEFAULT = Pattern.compile("\\$\\{\\w+:?-([^}]*)}");

  private final Path file;
  private final List<Setting> environment = new ArrayList<>();
  private final Map<String, Path> mounts = new LinkedHashMap<>();
  private final List<ConfigFinding> findings = new ArrayList<>();
  private final List<String> notChecked = new ArrayList<>();

  private ComposeFile(Path file) {
    this.file = file;
  }

  /**
   * Reads the file; empty when it has no {@code services} and thus is no Compose file.
   *
   * @throws MilvusTlsException when none of the services is Milvus
   */
  static Optional<ComposeFile> of(Path file, String text) {
    Optional<MappingNode> services =
        ConfigSource.root(file.toString(), text)
            .flatMap(root -> mapping(entries(root).get("services")));
    return services.map(found -> new ComposeFile(file).read(entries(found)));
  }

  private ComposeFile read(Map<String, Node> services) {
    Map<String, Map<String, Node>> ofMilvus = new LinkedHashMap<>();
    services.forEach(
        (name, node) ->
            mapping(node)
                .map(ComposeFile::entries)
                .filter(body -> isMilvus(name, body))
                .ifPresent(body -> ofMilvus.put(name, body)));
    Map<String, Node> listener =
        ofMilvus.entrySet().stream()
            .filter(entry -> SERVICE.matcher(entry.getKey()).matches())
            .map(Map.Entry::getValue)
            .findFirst()
            .or(() -> ofMilvus.values().stream().findFirst())
            .orElseThrow(
                () ->
                    MilvusTlsException.failure("no service of this Compose file is Milvus")
                        .seen(file + " with " + String.join(", ", services.keySet()))
                        .next("its image is called milvus, or the service standalone or proxy")
                        .build());
    readEnvironment(listener);
    items(listener.get("volumes")).forEach(this::mount);
    ofMilvus.values().forEach(this::checkPorts);
    notChecked.add(
        "files inside the image, such as its milvus.yaml: only what "
            + file
            + " gives is looked at");
    return this;
  }

  private static boolean isMilvus(String name, Map<String, Node> service) {
    return scalar(service.get("image"))
        .map(image -> IMAGE.matcher(image.getValue()).matches())
        .orElse(SERVICE.matcher(name).matches());
  }

  /** Variables of the server's process; the environment wins over {@code env_file}. */
  List<Setting> environment() {
    return List.copyOf(environment);
  }

  /** Files and folders of this machine by their path on the server. */
  Map<String, Path> mounts() {
    return Map.copyOf(mounts);
  }

  List<ConfigFinding> findings() {
    return List.copyOf(findings);
  }

  List<String> notChecked() {
    return List.copyOf(notChecked);
  }

  private void readEnvironment(Map<String, Node> service) {
    if (service.containsKey("env_file")) {
      notChecked.add("env_file of " + file + ": name that file with --env-file");
    }
    Node node = service.get("environment");
    mapping(node)
        .ifPresent(
            map ->
                entries(map)
                    .forEach(
                        (name, value) ->
                            scalar(value).ifPresent(v -> variable(name, v.getValue(), v))));
    for (Node item : items(node)) {
      scalar(item)
          .filter(line -> line.getValue().contains("="))
          .ifPresent(
              line -> {
                String[] pair = line.getValue().split("=", 2);
                variable(pair[0].strip(), pair[1], line);
              });
    }
  }

  private void variable(String name, String value, Node at) {
    interpolated(value)
        .ifPresent(v -> environment.add(new Setting(name, v, file.toString(), at(at))));
  }

  private void mount(Node volume) {
    String[] pair =
        scalar(volume)
            .map(text -> WITH_DEFAULT.matcher(text.getValue()).replaceAll("$1").split(":", 3))
            .orElseGet(
                () ->
                    mapping(volume)
                        .map(ComposeFile::entries)
                        .map(map -> new String[] {text(map, "source"), text(map, "target")})
                        .orElse(new String[0]));
    // Anything else is a volume of the engine, which has no path here.
    if (pair.length < 2 || !pair[0].matches("[./].*")) {
      return;
    }
    interpolated(pair[0])
        .ifPresent(
            source -> {
              Path here = file.toAbsolutePath().resolveSibling(source).normalize();
              mounts.put(pair[1], here);
              if (pair[1].endsWith(".yaml")) {
                notChecked.add(pair[1] + " is " + here + ": name it as FILE, unless you did");
              }
            });
  }

  private void checkPorts(Map<String, Node> service) {
    scalar(service.get("network_mode"))
        .filter(mode -> mode.getValue().equals("host"))
        .ifPresent(mode -> published(mode, "on every interface, by the network of the host"));
    for (Node item : items(service.get("ports"))) {
      String text =
          scalar(item)
              .map(ScalarNode::getValue)
              .orElseGet(() -> mapping(item).map(ComposeFile::shortPort).orElse(""));
      interpolated(text)
          .flatMap(PublishedPort::of)
          .filter(port -> port.isOf(METRICS) && !port.isLoopback())
          .ifPresent(
              port ->
                  published(
                      item,
                      "on " + (port.address().isEmpty() ? "every interface" : port.address())));
    }
  }

  private static String shortPort(MappingNode port) {
    Map<String, Node> map = entries(port);
    String address = text(map, "host_ip");
    return (address.isEmpty() ? "" : address + "::") + text(map, "target");
  }

  private void published(Node at, String where) {
    findings.add(
        new ConfigFinding(
            Severity.WARNING,
            "metrics-published",
            file + ":" + at(at).orElse(0),
            "port "
                + METRICS
                + " is published "
                + where
                + ": it has no TLS and asks for no password in any version, and lists the"
                + " collections",
            "leave it out, or bind it to this machine: \"127.0.0.1:9091:9091\""));
  }

  /** Applies the defaults in the file; values from other places are not visible. */
  private Optional<String> interpolated(String text) {
    String value = WITH_DEFAULT.matcher(text).replaceAll("$1");
    if (value.matches("(?s).*(?<!\\$)\\$[{\\w].*")) {
      notChecked.add("'" + text + "' in " + file + ": its variable is of another place");
      return Optional.empty();
    }
    return Optional.of(value.replace("$$", "$"));
  }

  private static OptionalInt at(Node node) {
    return ConfigSource.lineOf(node);
  }

  /**
   * The entries by name. Those of a merge key come first, so that the block's own override them.
   */
  private static Map<String, Node> entries(MappingNode mapping) {
    Map<String, Node> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = scalar(tuple.getKeyNode()).map(ScalarNode::getValue).orElse("");
      if (key.equals("<<")) {
        Stream.concat(Stream.of(tuple.getValueNode()), items(tuple.getValueNode()).stream())
            .flatMap(node -> mapping(node).stream())
            .forEach(merged -> entries(merged).forEach(entries::putIfAbsent));
      } else {
        entries.put(key, tuple.getValueNode());
      }
    }
    return entries;
  }

  private static Optional<MappingNode> mapping(@Nullable Node node) {
    return node instanceof MappingNode mapping ? Optional.of(mapping) : Optional.empty();
  }

  private static Optional<ScalarNode> scalar(@Nullable Node node) {
    return node instanceof ScalarNode scalar ? Optional.of(scalar) : Optional.empty();
  }

  private static List<Node> items(@Nullable Node node) {
    return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
  }

  private static String text(Map<String, Node> map, String key) {
    return scalar(map.get(key)).map(ScalarNode::getValue).orElse("");
  }
}
