package org.milvustls.bench.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Path;
import java.util.Optional;
import org.milvustls.bench.result.Json;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.bench.workload.Target.KeyPair;
import org.milvustls.client.MilvusConnector;
import org.milvustls.client.SecureMilvus;
import org.milvustls.tls.NegotiatedSession;
import org.milvustls.tls.TlsMode;

/**
 * A program that makes one connection and waits for one answer. Prints {@link #ANSWERED} as soon as
 * it has the answer. Then, outside the measured time, it prints its resource use and the negotiated
 * session.
 */
final class ColdStart {
  static final String ANSWERED = "answered";

  private ColdStart() {}

  /**
   * The report of the program after the answer.
   *
   * @param used from its start to the answer
   * @param negotiated absent in plaintext
   */
  record Told(Workload.Use used, Optional<NegotiatedSession> negotiated) {}

  /**
   * Arguments: provider (empty in plaintext), mode, host, port, CA, certificate, key, name, given.
   */
  public static void main(String[] args) throws JsonProcessingException {
    TlsMode mode = TlsMode.of(args[1]);
    Cell cell =
        mode.isEncrypted()
            ? Cell.secured(
                Operation.COLD_START, mode, Cell.Tls.base(ClientProvider.valueOf(args[0])))
            : Cell.plaintext(Operation.COLD_START);
    Endpoint endpoint =
        new Endpoint(
            args[2],
            Integer.parseInt(args[3]),
            mode,
            Optional.empty(),
            Boolean.parseBoolean(args[8]));
    Optional<Credentials> credentials =
        mode.isEncrypted()
            ? Optional.of(
                new Credentials(
                    Path.of(args[4]),
                    args[5].isEmpty()
                        ? Optional.empty()
                        : Optional.of(new KeyPair(Path.of(args[5]), Path.of(args[6]))),
                    Optional.of(args[7]).filter(name -> !name.isEmpty())))
            : Optional.empty();
    try (MilvusConnector connector = Connections.connector(cell, endpoint, credentials);
        SecureMilvus milvus = connector.connect()) {
      System.out.println(ANSWERED);
      System.out.flush();
      Told told = new Told(Cost.ofThisProcess(), milvus.negotiated());
      System.out.println(Json.mapper().writeValueAsString(told));
    }
    System.exit(0);
  }
}
