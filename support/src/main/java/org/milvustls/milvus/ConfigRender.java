package org.milvustls.milvus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.TlsMode;

/**
 * Writes the settings that Milvus really reads, for each way of giving them to a server. The
 * settings are the same for every release line; the remarks differ.
 *
 * @param version of the server
 * @param config its settings, with paths as the server sees them
 * @param source source of the certificate files: a folder of this machine, or a Kubernetes secret
 */
public record ConfigRender(MilvusVersion version, MilvusTlsConfig config, Source source) {
  /**
   * The source of the server's certificate files.
   *
   * @param localFolder folder to mount, for Compose
   * @param secret name of the Kubernetes secret, for Helm and the operator
   * @param serverFolder path of either on the server
   */
  public record Source(Optional<Path> localFolder, Optional<String> secret, String serverFolder) {
    public Source {
      Objects.requireNonNull(localFolder, "localFolder");
      Objects.requireNonNull(secret, "secret");
      Objects.requireNonNull(serverFolder, "serverFolder");
    }
  }

  public ConfigRender {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(source, "source");
    if (config.mode() == TlsMode.OFF) {
      throw MilvusTlsException.usage("there is nothing to configure for plaintext")
          .allowed("server, mutual")
          .build();
    }
  }

  /** The text in this format, with remarks as comments. */
  public String in(ConfigFormat format) {
    String remarks =
        remarks().stream().map(line -> "# " + line + "\n").collect(Collectors.joining());
    return switch (format) {
      case YAML -> remarks + yaml("");
      case ENV -> remarks + environment("", "=", "");
      case COMPOSE -> remarks + compose();
      case HELM -> remarks + helm();
      case OPERATOR -> remarks + operator();
      case NGINX, ENVOY ->
          throw MilvusTlsException.usage("a proxy has settings of its own, see ProxyRender")
              .seen(format)
              .allowed("yaml, env, compose, helm, operator")
              .build();
    };
  }

  /** The settings by their keys, in the order of milvus.yaml. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(TlsKeys.HTTP_ENABLED, Boolean.toString(config.restPort().isPresent()));
    config.restPort().ifPresent(port -> settings.put(TlsKeys.HTTP_PORT, Integer.toString(port)));
    config.serverPemPath().ifPresent(path -> settings.put(TlsKeys.SERVER_PEM, path));
    config.serverKeyPath().ifPresent(path -> settings.put(TlsKeys.SERVER_KEY, path));
    config.caPemPath().ifPresent(path -> settings.put(TlsKeys.CLIENT_CA, path));
    settings.put(TlsKeys.MODE, Integer.toString(config.mode().milvusValue()));
    return settings;
  }

  private List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    remarks.add("TLS of Milvus " + version + ", mode " + config.mode() + ".");
    remarks.add(version.release().remark());
    if (config.mode() == TlsMode.MUTUAL) {
      remarks.add(
          "This mode speaks TLS 1.3 alone. No setting of Milvus chooses protocols or cipher suites.");
    } else {
      remarks.add(
          "No setting of Milvus chooses protocols or cipher suites; mode mutual is TLS 1.3 alone.");
    }
    remarks.add(
        "REST has a port of its own and follows the mode. Port 9091 never has TLS: do not publish it.");
    remarks.add(
        version.release().reads(TlsKeys.INTERNAL)
            ? "Links between components stay plaintext: see common.security.internaltlsEnabled."
            : "Links between components stay plaintext: internal TLS came with 2.5.");
    remarks.add("Users and passwords are apart from TLS: common.security.authorizationEnabled.");
    return remarks;
  }

  private String yaml(String indent) {
    StringBuilder text = new StringBuilder();
    List<String> open = List.of();
    for (Map.Entry<String, String> setting : settings().entrySet()) {
      List<String> levels = List.of(setting.getKey().split("\\."));
      int shared = 0;
      while (shared < open.size() && open.get(shared).equals(levels.get(shared))) {
        shared++;
      }
      for (int i = shared; i < levels.size(); i++) {
        text.append(indent).append("  ".repeat(i)).append(levels.get(i)).append(':');
        text.append(i == levels.size() - 1 ? " " + setting.getValue() + "\n" : "\n");
      }
      open = levels.subList(0, levels.size() - 1);
    }
    return text.toString();
  }

  private String environment(String indent, String between, String quote) {
    return config.environment().entrySet().stream()
        .map(entry -> indent + entry.getKey() + between + quote + entry.getValue() + quote + "\n")
        .collect(Collectors.joining());
  }

  private String compose() {
    Path folder =
        source
            .localFolder()
            .orElseThrow(
                () ->
                    MilvusTlsException.usage("a Compose file needs a certificate folder to mount")
                        .next("name the certificate directory with --dir, instead of --secret")
                        .build());
    return """
        services:
          standalone:
            environment:
        %s    volumes:
              - %s:%s:ro
        """
        .formatted(
            environment("      ", ": ", "\""), folder.toAbsolutePath(), source.serverFolder());
  }

  private String secret() {
    return source
        .secret()
        .orElseThrow(
            () ->
                MilvusTlsException.usage("Kubernetes needs the name of a secret")
                    .next("name it with --secret; its keys are tls.crt, tls.key and ca.crt")
                    .build());
  }

  private String helm() {
    return """
        extraConfigFiles:
          user.yaml: |
        %svolumes:
          - name: milvus-tls
            secret:
              secretName: %s
        volumeMounts:
          - name: milvus-tls
            mountPath: %s
            readOnly: true
        """
        .formatted(yaml("    "), secret(), source.serverFolder());
  }

  private String operator() {
    return """
        apiVersion: milvus.io/v1beta1
        kind: Milvus
        metadata:
          name: milvus
        spec:
          config:
        %s  components:
            volumes:
              - name: milvus-tls
                secret:
                  secretName: %s
            volumeMounts:
              - name: milvus-tls
                mountPath: %s
                readOnly: true
        """
        .formatted(yaml("    "), secret(), source.serverFolder());
  }
}
