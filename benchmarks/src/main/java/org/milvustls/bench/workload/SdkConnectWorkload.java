package org.milvustls.bench.workload;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.tls.HandshakeParser;
import org.milvustls.tls.NegotiatedSession;
import org.milvustls.tls.NettyTls;
import org.milvustls.tls.ServerHello;
import org.milvustls.tls.TlsProvider;

/**
 * A new client of the SDK as shipped, up to the answer to the same first RPC as in {@link
 * ConnectWorkload}. It has a class loader of its own, where the SDK finds the same classes as in
 * any other program: no BoringSSL, except in the version that still has it.
 */
final class SdkConnectWorkload implements Workload {
  private final Cell cell;
  private final Endpoint endpoint;
  private final Optional<Credentials> credentials;
  private final Function<String[], AutoCloseable> sdk;
  private final String[] arguments;

  private SdkConnectWorkload(
      Cell cell,
      Endpoint endpoint,
      Optional<Credentials> credentials,
      Function<String[], AutoCloseable> sdk) {
    this.cell = cell;
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.sdk = sdk;
    this.arguments = ShippedSdk.arguments(endpoint, credentials);
  }

  static SdkConnectWorkload open(Cell cell, Endpoint endpoint, Optional<Credentials> credentials) {
    return new SdkConnectWorkload(cell, endpoint, credentials, sdk(cell.operation()));
  }

  private static Function<String[], AutoCloseable> sdk(Operation operation) {
    return switch (operation) {
      // The jar of this project has the library under its new name, on this JVM's own class path.
      case CONNECT_SDK_RESTORED -> new ShippedSdk();
      case CONNECT_SDK_EARLIER -> load(SdkLoader.ofEarlierVersion());
      default -> load(SdkLoader.asShipped());
    };
  }

  @SuppressWarnings("unchecked") // the class is ShippedSdk, of another loader
  private static Function<String[], AutoCloseable> load(SdkLoader loader) {
    try {
      return (Function<String[], AutoCloseable>)
          loader.loadClass(ShippedSdk.class.getName()).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the SDK cannot be loaded a second time", e);
    }
  }

  @Override
  public Observation observe() {
    try (TcpRelay relay = TcpRelay.to(endpoint)) {
      AutoCloseable client = connect(ShippedSdk.arguments(relay.endpoint(), credentials));
      Optional<NegotiatedSession> negotiated;
      try {
        negotiated = session(client).map(session -> negotiated(session, relay.parser()));
      } finally {
        close(client);
      }
      Facts.requireMode(cell, negotiated);
      return new Observation(negotiated, Optional.of(relay.wire()));
    }
  }

  @SuppressWarnings("unchecked") // see ShippedSdk.apply
  private static Optional<SSLSession> session(AutoCloseable client) {
    return ((Supplier<Optional<SSLSession>>) client).get();
  }

  /** gRPC refuses a connection on which another protocol than h2 was chosen. */
  private NegotiatedSession negotiated(SSLSession session, HandshakeParser wire) {
    Optional<ServerHello> hello = wire.serverHello();
    boolean boringSsl = session.getClass().getName().contains("OpenSsl");
    return new NegotiatedSession(
        boringSsl
            ? "BoringSSL (milvus-sdk-java" + version() + ")"
            : NettyTls.describe(TlsProvider.JDK),
        session.getProtocol(),
        session.getCipherSuite(),
        hello.flatMap(ServerHello::namedGroup),
        Optional.of(wire.helloRetryRequest()),
        hello.map(ServerHello::resumed).orElse(true),
        Optional.of("h2"),
        Facts.peerKey(session));
  }

  private String version() {
    return cell.operation() == Operation.CONNECT_SDK_EARLIER ? " " + SdkLoader.EARLIER_VERSION : "";
  }

  @Override
  public long perform() {
    long start = System.nanoTime();
    AutoCloseable client = connect(arguments);
    long took = System.nanoTime() - start;
    close(client);
    return took;
  }

  private AutoCloseable connect(String[] to) {
    try {
      return sdk.apply(to);
    } catch (RuntimeException e) {
      throw new WorkloadException(cell + ": " + e.getMessage(), e);
    }
  }

  private void close(AutoCloseable client) {
    try {
      client.close();
    } catch (Exception e) {
      throw new WorkloadException(cell + ": the client does not close", e);
    }
  }

  @Override
  public void close() {
    // Nothing is kept between operations.
  }
}
