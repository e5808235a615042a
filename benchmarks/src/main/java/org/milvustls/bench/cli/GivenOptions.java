package org.milvustls.bench.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milvustls.bench.run.GivenMilvus;
import picocli.CommandLine.Option;

/** The options for running servers, and for a client of them. */
final class GivenOptions {
  @Option(
      names = "--endpoint",
      paramLabel = "MODE=HOST:PORT",
      description =
          "Measure a Milvus that runs, such as server=127.0.0.1:19530; MODE is off, server or"
              + " mutual; once for each mode. MILVUS_USER, MILVUS_PASSWORD, MILVUS_TOKEN and"
              + " MILVUS_DB are heeded. A collection named after the run is made there, and dropped"
              + " at the end.")
  private List<String> endpoints = new ArrayList<>();

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      defaultValue = "${env:MILVUS_CA}",
      description = "CA certificates to trust, PEM. MILVUS_CA.")
  private @Nullable Path ca;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      defaultValue = "${env:MILVUS_CLIENT_CERT}",
      description = "Client certificate, then intermediates, PEM. MILVUS_CLIENT_CERT.")
  private @Nullable Path certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      defaultValue = "${env:MILVUS_CLIENT_KEY}",
      description = "Key of the client certificate. MILVUS_CLIENT_KEY.")
  private @Nullable Path key;

  @Option(
      names = "--server-name",
      paramLabel = "NAME",
      defaultValue = "${env:MILVUS_SERVER_NAME}",
      description = "Name that the servers' certificates have. MILVUS_SERVER_NAME; the host.")
  private @Nullable String serverName;

  GivenMilvus milvus() {
    return GivenMilvus.of(
        endpoints,
        Optional.ofNullable(ca),
        Optional.ofNullable(certificate),
        Optional.ofNullable(key),
        Optional.ofNullable(serverName));
  }
}
