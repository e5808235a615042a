package org.milvustls.bench.workload;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.scenario.SessionReuse;
import org.milvustls.bench.workload.Workload.Sides;
import org.milvustls.bench.workload.Workload.Use;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;

/**
 * Java heap that each side of a handshake in memory allocates, for a JVM whose compiler removes no
 * allocation: {@code java -XX:TieredStopAtLevel=1} (C1 has no escape analysis). C2 removes more of
 * them the longer the JVM runs; without it each one that the code asks for is made, so that they
 * can be counted.
 */
final class HandshakeAllocations {
  static final String HEADER = "cell,client_bytes,server_bytes";

  private static final int FIRST = 3;
  private static final int COUNTED = 9;

  private HandshakeAllocations() {}

  /** Prints a line for each cell. */
  public static void main(String[] args) {
    HangGuard.start();
    cells().forEach(cell -> System.out.println(line(cell)));
    // Threads of a provider must not keep the JVM.
    System.exit(0);
  }

  static Stream<Cell> cells() {
    Stream<Cell> full =
        Arrays.stream(ClientProvider.values())
            .flatMap(provider -> Stream.of(TlsProtocol.values()).map(Cell.Tls.base(provider)::with))
            .map(tls -> Cell.secured(Operation.HANDSHAKE, TlsMode.SERVER, tls));
    Cell.Tls jdk = Cell.Tls.base(ClientProvider.JDK);
    return Stream.concat(
        full,
        Stream.of(
            Cell.secured(Operation.HANDSHAKE, TlsMode.MUTUAL, jdk),
            Cell.secured(Operation.HANDSHAKE, TlsMode.SERVER, jdk.with(SessionReuse.TICKET))));
  }

  private static String line(Cell cell) {
    try (Workload workload = Workloads.open(cell, "", Target.none())) {
      for (int i = 0; i < FIRST; i++) {
        workload.perform();
      }
      List<Sides> sides = Stream.generate(() -> perform(workload)).limit(COUNTED).toList();
      long client = median(sides.stream().map(Sides::client));
      long server = median(sides.stream().map(side -> side.server().orElseThrow()));
      return cell.name() + "," + client + "," + server;
    } catch (MilvusTlsException unavailable) {
      return cell.name() + "," + StoredList.NOT_AVAILABLE;
    }
  }

  private static Sides perform(Workload workload) {
    workload.perform();
    return workload.lastSides().orElseThrow();
  }

  private static long median(Stream<Use> uses) {
    long[] sorted =
        uses.flatMapToLong(use -> LongStream.of(use.allocatedBytes())).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
