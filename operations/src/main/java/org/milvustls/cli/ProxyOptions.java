package org.milvustls.cli;

import java.util.ArrayList;
import java.util.List;
import org.milvustls.MilvusTlsException;
import org.milvustls.milvus.ConfigFormat;
import org.milvustls.milvus.MilvusTlsConfig;
import org.milvustls.milvus.ProxyRender;
import org.milvustls.tls.TlsProtocol;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of {@code config render} for a proxy in front of Milvus. */
final class ProxyOptions {
  private static final int LISTEN = 19531;
  private static final List<String> NAMES =
      List.of("--min-version", "--cipher-suites", "--listen", "--upstream");

  @Option(
      names = "--min-version",
      paramLabel = "VERSION",
      converter = Converters.OfTlsProtocol.class,
      description = "tls1.2 or tls1.3. Default: tls1.3.")
  private TlsProtocol minimum = TlsProtocol.TLS_1_3;

  @Option(
      names = "--cipher-suites",
      split = ",",
      paramLabel = "NAME",
      description = "IANA names. Default: all AEAD suites with ephemeral keys.")
  private List<String> cipherSuites = new ArrayList<>();

  @Option(
      names = "--listen",
      paramLabel = "PORT",
      converter = Converters.OfPort.class,
      description = "Port of the proxy. Default: 19531.")
  private int listen = LISTEN;

  @Option(
      names = "--upstream",
      paramLabel = "HOST:PORT",
      description = "The plaintext Milvus. Default: 127.0.0.1:19530.")
  private String upstream = "127.0.0.1:19530";

  ProxyRender render(MilvusTlsConfig files) {
    int colon = upstream.lastIndexOf(':');
    if (colon < 1 || !upstream.substring(colon + 1).matches("\\d{1,5}")) {
      throw MilvusTlsException.usage("not an address").seen(upstream).allowed("HOST:PORT").build();
    }
    return new ProxyRender(
        files,
        listen,
        upstream.substring(0, colon),
        Integer.parseInt(upstream.substring(colon + 1)),
        minimum,
        cipherSuites);
  }

  /** Refuses these options for Milvus itself, which has no such settings. */
  void refuse(CommandSpec spec, ConfigFormat format) {
    for (String name : NAMES) {
      if (spec.commandLine().getParseResult().hasMatchedOption(name)) {
        throw MilvusTlsException.usage(name + " is for a proxy; Milvus has no such setting")
            .seen(format)
            .allowed("--format nginx, --format envoy")
            .build();
      }
    }
  }
}
