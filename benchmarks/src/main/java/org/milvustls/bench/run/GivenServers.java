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
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.workload.CollectionLoader;
import org.milvustls.bench.workload.CollectionSpec;
import org.milvustls.bench.workload.ForkResult;
import org.milvustls.bench.workload.Target;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.tls.TlsMode;

/**
 * Servers that were there before the run and stay when it ends: nothing is started, stopped or
 * swapped. Only a collection that is named after the run is made in them, and dropped again.
 */
final class GivenServers implements Servers {
  private static final String KIND = "external";

  private final GivenMilvus given;
  private final List<Endpoint> loaded = new ArrayList<>();
  private final Map<TlsMode, String> versions = new LinkedHashMap<>();
  private CollectionSpec collection;

  private GivenServers(GivenMilvus given, CollectionSpec collection) {
    this.given = given;
    this.collection = collection;
  }

  /**
   * Loads the collection into each server; two endpoints of one server share it.
   *
   * @param work folder of this run
   * @param collection its name is this run's alone: one that is left from a killed try is replaced
   */
  static GivenServers prepare(GivenMilvus given, Path work, CollectionSpec collection) {
    GivenServers servers = new GivenServers(given, collection);
    try {
      given
          .endpoints()
          .values()
          .forEach(
              endpoint -> CollectionLoader.drop(endpoint, given.credentials(), servers.collection));
      given.endpoints().values().forEach(endpoint -> servers.load(endpoint, work));
      return servers;
    } catch (RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  private void load(Endpoint endpoint, Path work) {
    versions.put(endpoint.mode(), CollectionLoader.version(endpoint, given.credentials()));
    if (!loaded.isEmpty() && CollectionLoader.has(endpoint, given.credentials(), collection)) {
      return;
    }
    loaded.add(endpoint);
    collection =
        CollectionLoader.load(
            endpoint, given.credentials(), collection, work.resolve("answers.json"));
  }

  @Override
  public Target running(List<String> roles, int rotation) {
    Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    for (String role : roles) {
      Endpoint endpoint = given.endpoints().get(Arm.modeOf(role));
      if (endpoint != null) {
        endpoints.put(role, endpoint);
      }
    }
    return new Target(endpoints, given.credentials(), Optional.of(collection));
  }

  /** They are not ours to stop. */
  @Override
  public void stop() {}

  /** Nothing is known of their processes. */
  @Override
  public Optional<String> ended() {
    return Optional.empty();
  }

  @Override
  public List<ServerUse> use(ForkResult result) {
    return result.calls().entrySet().stream()
        .filter(call -> versions.containsKey(Arm.modeOf(call.getKey())))
        .map(
            call ->
                new ServerUse(
                    call.getKey(),
                    KIND,
                    versions.getOrDefault(Arm.modeOf(call.getKey()), "unknown"),
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
      CollectionLoader.drop(endpoint, given.credentials(), collection);
    }
    loaded.clear();
  }
}
