package org.milvustls.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.milvustls.bench.result.Measurement.ServerUse;
import org.milvustls.bench.scenario.Dataset;
import org.milvustls.bench.scenario.ServerRole;
import org.milvustls.bench.workload.CollectionLoader;
import org.milvustls.bench.workload.CollectionSpec;
import org.milvustls.bench.workload.ForkResult;
import org.milvustls.bench.workload.Target;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.tls.TlsMode;

/**
 * Servers that the user runs, before and after the run. The run does not start, stop or swap them.
 * It only creates a collection named after the run, and drops it at the end.
 */
final class GivenServers implements Servers {
  private static final String KIND = "external";

  private final GivenMilvus given;
  private final List<Endpoint> loaded = new ArrayList<>();
  private final Map<TlsMode, String> versions = new LinkedHashMap<>();
  private Map<Dataset, CollectionSpec> collections;

  private GivenServers(GivenMilvus given, Map<Dataset, CollectionSpec> collections) {
    this.given = given;
    this.collections = collections;
  }

  /**
   * Loads the collections into each server; two endpoints of one server share them.
   *
   * @param work folder of this run
   * @param collections collections with names of this run only; one left by a killed try is
   *     replaced
   */
  static GivenServers prepare(
      GivenMilvus given, Path work, Map<Dataset, CollectionSpec> collections) {
    GivenServers servers = new GivenServers(given, collections);
    try {
      given.endpoints().values().forEach(servers::drop);
      given.endpoints().values().forEach(endpoint -> servers.load(endpoint, work));
      return servers;
    } catch (RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  private void load(Endpoint endpoint, Path work) {
    versions.put(endpoint.mode(), CollectionLoader.version(endpoint, given.credentials()));
    boolean shared =
        collections.values().stream()
            .anyMatch(one -> CollectionLoader.has(endpoint, given.credentials(), one));
    if (loaded.isEmpty() || !shared) {
      loaded.add(endpoint);
      collections = CollectionLoader.loadAll(endpoint, given.credentials(), collections, work);
    }
  }

  private void drop(Endpoint endpoint) {
    for (CollectionSpec collection : collections.values()) {
      CollectionLoader.drop(endpoint, given.credentials(), collection);
    }
  }

  @Override
  public Target running(List<String> roles, int rotation) {
    Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    for (String role : roles) {
      ServerRole kind = ServerRole.of(role);
      Endpoint endpoint = given.endpoints().get(kind.mode());
      if (endpoint != null && kind.hasUsualKey()) {
        endpoints.put(role, endpoint);
      }
    }
    return new Target(endpoints, given.credentials(), collections);
  }

  /** Does nothing: the user stops them. */
  @Override
  public void stop() {}

  /** Empty: their processes are not known. */
  @Override
  public Optional<String> ended() {
    return Optional.empty();
  }

  @Override
  public List<ServerUse> use(ForkResult result) {
    return result.calls().entrySet().stream()
        .filter(call -> versions.containsKey(ServerRole.of(call.getKey()).mode()))
        .map(
            call ->
                new ServerUse(
                    call.getKey(),
                    KIND,
                    versions.getOrDefault(ServerRole.of(call.getKey()).mode(), "unknown"),
                    Optional.empty(),
                    Optional.empty(),
                    call.getValue()))
        .toList();
  }

  @Override
  public String description() {
    return given.endpoints().values().stream()
        .map(
            endpoint ->
                "%s %s:%d Milvus %s"
                    .formatted(
                        endpoint.mode(),
                        endpoint.host(),
                        endpoint.port(),
                        versions.getOrDefault(endpoint.mode(), "unknown")))
        .sorted()
        .collect(Collectors.joining(", ", "given: ", ""));
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public Map<Dataset, CollectionSpec> collections() {
    return collections;
  }

  @Override
  public Optional<String> bias() {
    return Optional.of(
        "the servers were given ("
            + String.join(
                ", ", new TreeSet<>(given.endpoints().keySet().stream().map(TlsMode::id).toList()))
            + "): roles cannot be swapped, so a difference between two servers looks like one"
            + " between two modes, and the control shares the server of its baseline");
  }

  @Override
  public void close() {
    for (Endpoint endpoint : loaded) {
      drop(endpoint);
    }
    loaded.clear();
  }
}
