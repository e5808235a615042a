package org.milvustls.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.milvus.ConfigFormat;
import org.milvustls.milvus.ConfigMerge;
import org.milvustls.milvus.ConfigRender;
import org.milvustls.milvus.MilvusTlsConfig;
import org.milvustls.milvus.MilvusVersion;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.tls.TlsMode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code config render}: the settings that Milvus really reads. */
@Command(
    name = "render",
    description = {
      "Prints the TLS settings that Milvus really reads, for a file, the environment, Docker"
          + " Compose, Helm or the operator; or merges them into an existing milvus.yaml. Milvus"
          + " has no setting for a minimum version or cipher suites: the formats nginx and envoy"
          + " are a proxy in front that has."
    },
    footer = "  milvus-tls config render --milvus 2.6 --tls mutual --format compose")
final class ConfigRenderCommand implements Callable<Integer> {
  @Mixin private LeafOptions.Directory directory = new LeafOptions.Directory();

  @Option(
      names = "--milvus",
      paramLabel = "VERSION",
      converter = Converters.OfMilvusVersion.class,
      completionCandidates = Converters.MilvusLines.class,
      description = "${COMPLETION-CANDIDATES}, with or without a patch level. Default: 2.6.")
  private MilvusVersion version = MilvusVersion.of("2.6");

  @Option(
      names = "--tls",
      paramLabel = "MODE",
      converter = Converters.OfTlsMode.class,
      description = "server or mutual. Default: server.")
  private TlsMode mode = TlsMode.SERVER;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = Converters.OfConfigFormat.class,
      description = "yaml, env, compose, helm, operator, nginx or envoy. Default: yaml.")
  private ConfigFormat format = ConfigFormat.YAML;

  @Option(
      names = "--server",
      paramLabel = "NAME",
      description = "Which server of the certificate directory. Default: milvus.")
  private String server = "milvus";

  @Option(
      names = "--server-dir",
      paramLabel = "DIR",
      description = "Where the server sees its certificate files. Default: /milvus/tls.")
  private String serverDirectory = "/milvus/tls";

  @Option(
      names = "--secret",
      paramLabel = "NAME",
      description =
          "A Kubernetes secret with the keys tls.crt, tls.key and ca.crt, as cert-manager writes"
              + " it, in place of the certificate directory.")
  private @Nullable String secret;

  @Option(
      names = "--rest-port",
      paramLabel = "PORT",
      converter = Converters.OfPortOrNone.class,
      description = "Port of the REST API, 0 to switch it off. Default: 8080.")
  private int restPort = 8080;

  @ArgGroup(validate = false, heading = "For nginx and envoy:%n")
  private ProxyOptions proxy = new ProxyOptions();

  @Option(
      names = "--merge",
      paramLabel = "FILE",
      description =
          "Merge into this milvus.yaml: comments, order and other values stay, the former text is"
              + " kept beside it as FILE.bak.")
  private @Nullable Path merge;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (format.isProxy() && merge == null) {
      out.print(proxy.render(proxyFiles()).in(format));
      out.flush();
      return ExitCodes.OK;
    }
    proxy.refuse(spec, format);
    ConfigRender render = new ConfigRender(version, config(), source());
    if (merge == null) {
      out.print(render.in(format));
    } else if (format == ConfigFormat.YAML) {
      out.println(
          ConfigMerge.into(merge, render.settings())
              ? "Changed " + merge + "; the former text is in " + merge + ".bak"
              : "Nothing to change in " + merge);
    } else {
      throw MilvusTlsException.usage("only yaml can be merged")
          .seen(format)
          .allowed("yaml")
          .build();
    }
    out.flush();
    return ExitCodes.OK;
  }

  private MilvusTlsConfig config() {
    boolean kubernetes = secret != null;
    String pem = path(kubernetes ? "tls.crt" : "server.pem");
    String key = path(kubernetes ? "tls.key" : "server.key");
    String ca = path(kubernetes ? "ca.crt" : "client-ca.pem");
    MilvusTlsConfig config =
        switch (mode) {
          case OFF -> MilvusTlsConfig.off();
          case SERVER -> MilvusTlsConfig.server(pem, key);
          case MUTUAL -> MilvusTlsConfig.mutual(pem, key, ca);
        };
    return restPort == 0 ? config : config.withRestPort(restPort);
  }

  /** A proxy of this machine reads the certificate directory itself. */
  private MilvusTlsConfig proxyFiles() {
    if (secret != null || spec.commandLine().getParseResult().hasMatchedOption("--server-dir")) {
      return config();
    }
    CertificateDirectory.ServerFiles files = directory.open().serverFiles(server);
    String pem = files.certificate().toAbsolutePath().toString();
    String key = files.key().toAbsolutePath().toString();
    return mode == TlsMode.MUTUAL
        ? MilvusTlsConfig.mutual(pem, key, files.clientCa().toAbsolutePath().toString())
        : MilvusTlsConfig.server(pem, key);
  }

  private String path(String name) {
    return serverDirectory.replaceFirst("/+$", "") + "/" + name;
  }

  /** The mounted folder contains only the server's files. */
  private ConfigRender.Source source() {
    if (secret != null) {
      return new ConfigRender.Source(Optional.empty(), Optional.of(secret), serverDirectory);
    }
    Path certificate = directory.open().serverFiles(server).certificate();
    return new ConfigRender.Source(
        Optional.ofNullable(certificate.getParent()), Optional.empty(), serverDirectory);
  }
}
