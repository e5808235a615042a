package org.milvustls.bench.jmh;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.scenario.Dataset;
import org.milvustls.bench.workload.CollectionSpec;
import org.milvustls.bench.workload.Target;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.bench.workload.Target.KeyPair;
import org.milvustls.tls.TlsMode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A running Milvus and the files of its clients as parameters of JMH, such as {@code milvus-tls up}
 * starts and names.
 */
@State(Scope.Benchmark)
public class Milvus {
  @Param("SERVER")
  public TlsMode mode = TlsMode.SERVER;

  @Param("localhost")
  public String host = "localhost";

  @Param("0")
  public int port;

  @Param("")
  public String ca = "";

  @Param("")
  public String cert = "";

  @Param("")
  public String key = "";

  @Param("localhost")
  public String serverName = "localhost";

  Endpoint endpoint() {
    if (port == 0) {
      throw missing("this benchmark needs a running Milvus: its port is not given", "-p port=PORT");
    }
    return Endpoint.given(host, port, mode);
  }

  Optional<Credentials> credentials() {
    if (!mode.isEncrypted()) {
      return Optional.empty();
    }
    if (ca.isEmpty()) {
      throw missing("a Milvus with TLS needs the CA that signed its certificate", "-p ca=FILE");
    }
    if (mode == TlsMode.MUTUAL && (cert.isEmpty() || key.isEmpty())) {
      throw missing(
          "mutual TLS needs a client certificate and its key", "-p cert=FILE -p key=FILE");
    }
    Optional<KeyPair> client =
        mode == TlsMode.MUTUAL
            ? Optional.of(new KeyPair(Path.of(cert), Path.of(key)))
            : Optional.empty();
    return Optional.of(new Credentials(Path.of(ca), client, Optional.of(serverName)));
  }

  private static MilvusTlsException missing(String what, String option) {
    return MilvusTlsException.usage(what)
        .next("start one with 'milvus-tls up', which says what to give here, then add " + option)
        .build();
  }

  Target target(Map<Dataset, CollectionSpec> collections) {
    return new Target(Map.of(mode.id(), endpoint()), credentials(), collections);
  }
}
