package org.milvustls.bench.workload;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.milvustls.bench.scenario.Dataset;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.bench.workload.Target.KeyPair;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.InitRequest;
import org.milvustls.server.MilvusServer;
import org.milvustls.server.MilvusServers;
import org.milvustls.server.ServerChoice;
import org.milvustls.server.ServerKind;
import org.milvustls.server.ServerRequest;
import org.milvustls.tls.TlsMode;

/**
 * Real embedded servers, one for each mode, with the same collection in each. Starting and loading
 * is mostly waiting, so they do it at the same time.
 */
public final class LoadedMilvus implements AutoCloseable {
  private final Map<TlsMode, MilvusServer> servers = new ConcurrentHashMap<>();
  private final Credentials credentials;
  private final CollectionSpec collection;

  /**
   * Starts and loads; without an embedded Milvus on this machine the test class ends here, visibly.
   *
   * @param folder for certificates and answers
   */
  public LoadedMilvus(Path folder, TlsMode... modes) {
    ServerChoice choice =
        MilvusServers.choose(ServerRequest.builder(TlsMode.OFF).kind(ServerKind.EMBEDDED).build());
    assumeTrue(choice.isAvailable(), "no embedded Milvus on this machine: " + choice.reason());
    CertificateDirectory certificates = CertificateDirectory.at(folder.resolve("certs"));
    certificates.init(InitRequest.builder().client("benchmark").build());
    CertificateDirectory.ServerFiles server = certificates.serverFiles("milvus");
    CertificateDirectory.ClientFiles client = certificates.clientFiles("benchmark");
    credentials =
        new Credentials(
            client.trustAnchors(),
            Optional.of(new KeyPair(client.certificate(), client.key())),
            Optional.of("localhost"));
    Map<TlsMode, CollectionSpec> loaded = new ConcurrentHashMap<>();
    ExecutorService threads = Executors.newFixedThreadPool(modes.length);
    try {
      CompletableFuture.allOf(
              Stream.of(modes)
                  .map(
                      mode ->
                          CompletableFuture.runAsync(
                              () -> {
                                servers.put(mode, start(mode, server));
                                loaded.put(mode, load(mode, folder));
                              },
                              threads))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    } catch (CompletionException e) {
      close();
      throw e;
    } finally {
      threads.shutdown();
    }
    collection = Objects.requireNonNull(loaded.get(modes[0]));
  }

  private static MilvusServer start(TlsMode mode, CertificateDirectory.ServerFiles files) {
    return MilvusServers.start(
        ServerRequest.builder(mode)
            .kind(ServerKind.EMBEDDED)
            .certificate(files.certificate(), files.key())
            .clientCa(files.clientCa())
            .build());
  }

  private CollectionSpec load(TlsMode mode, Path folder) {
    return CollectionLoader.load(
        endpoint(mode),
        credentials(),
        new CollectionSpec("workload_test", 2000, 32, 11, Optional.empty()),
        folder.resolve("answers-" + mode.id() + ".json"));
  }

  public MilvusServer server(TlsMode mode) {
    return Objects.requireNonNull(servers.get(mode));
  }

  /** Where the server of a mode listens. */
  public Endpoint endpoint(TlsMode mode) {
    MilvusServer server = server(mode);
    return Endpoint.ours(
        server.host(), server.port(), server.mode(), Optional.of(server.pid().getAsLong()));
  }

  /** Files of a client that every server lets in. */
  Optional<Credentials> credentials() {
    return Optional.of(credentials);
  }

  /** What is loaded, with the answers of the first server. */
  CollectionSpec collection() {
    return collection;
  }

  /** All servers, each in the role of its mode. */
  public Target target() {
    return target(collection);
  }

  /** The same with another collection. */
  Target target(CollectionSpec spec) {
    Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    servers.keySet().forEach(mode -> endpoints.put(mode.id(), endpoint(mode)));
    Map<Dataset, CollectionSpec> collections = new EnumMap<>(Dataset.class);
    for (Dataset dataset : Dataset.values()) {
      // Narrow ones do: what is checked does not depend on the width.
      collections.put(dataset, spec);
    }
    return new Target(endpoints, credentials(), collections);
  }

  @Override
  public void close() {
    servers.values().forEach(MilvusServer::close);
  }
}
