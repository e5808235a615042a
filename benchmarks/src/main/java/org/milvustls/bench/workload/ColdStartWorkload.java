package org.milvustls.bench.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.milvustls.bench.result.Json;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.tls.NegotiatedSession;

/**
 * A new JVM for each operation, from its start to its report of the first answer of Milvus. Nothing
 * is warm except the caches of the machine.
 */
final class ColdStartWorkload implements Workload {
  private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:+UseG1GC");

  private final Cell cell;
  private final Endpoint endpoint;
  private final Optional<Credentials> credentials;

  ColdStartWorkload(Cell cell, Endpoint endpoint, Optional<Credentials> credentials) {
    this.cell = cell;
    this.endpoint = endpoint;
    this.credentials = credentials;
  }

  private Use used = Use.NOTHING;

  private record Start(long nanos, Optional<NegotiatedSession> negotiated) {}

  @Override
  public Observation observe() {
    try (TcpRelay relay = TcpRelay.to(endpoint)) {
      Start start = start(relay.endpoint());
      return new Observation(start.negotiated(), Optional.of(relay.wire()));
    }
  }

  @Override
  public long perform() {
    return start(endpoint).nanos();
  }

  private Start start(Endpoint to) {
    List<String> arguments = new ArrayList<>();
    arguments.add(cell.tls().map(tls -> tls.provider().name()).orElse(""));
    String[] target = ShippedSdk.arguments(to, credentials);
    arguments.add(target[2]);
    arguments.add(target[0]);
    arguments.add(target[1]);
    arguments.addAll(Arrays.asList(target).subList(3, target.length));
    long begin = System.nanoTime();
    try (JavaChild jvm = JavaChild.start(ColdStart.class, FLAGS, arguments)) {
      String word = jvm.line();
      long took = System.nanoTime() - begin;
      if (!word.equals(ColdStart.ANSWERED)) {
        throw new WorkloadException(cell + ": the new JVM said " + word);
      }
      ColdStart.Told told = told(jvm.line());
      Facts.requireMode(cell, told.negotiated());
      jvm.awaitEnd();
      used = told.used();
      return new Start(took, told.negotiated());
    }
  }

  /** CPU and heap of the new JVM; the threads of this one only wait. */
  @Override
  public Optional<Sides> lastSides() {
    return Optional.of(new Sides(used, Optional.empty()));
  }

  private static ColdStart.Told told(String json) {
    try {
      return Json.mapper().readValue(json, ColdStart.Told.class);
    } catch (JsonProcessingException e) {
      throw new WorkloadException("the new JVM said " + json, e);
    }
  }

  @Override
  public void close() {
    // Nothing is kept between operations.
  }
}
