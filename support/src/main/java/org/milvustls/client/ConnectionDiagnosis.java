package org.milvustls.client;

import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.exception.MilvusClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.milvustls.MilvusTlsException;
import org.milvustls.milvus.Advisory;
import org.milvustls.milvus.Link;
import org.milvustls.milvus.MilvusVersion;
import org.milvustls.tls.ConnectStep;
import org.milvustls.tls.HandshakeEvidence;
import org.milvustls.tls.HandshakeFailure;
import org.milvustls.tls.HostLookup;
import org.milvustls.tls.NegotiatedSession;

/**
 * A diagnosis of a connection to Milvus, step by step: settings, name resolution, TCP, TLS, HTTP/2,
 * authentication, first call. It shows the protection, or the step and the reason of a failure. A
 * failed connection is a value, never an exception.
 *
 * <pre>{@code
 * ConnectionDiagnosis diagnosis = ConnectionDiagnosis.of(settings);
 * diagnosis.failed().ifPresent(step -> System.err.println(step.detail() + step.remedy()));
 * }</pre>
 *
 * @param settings of the connection
 * @param steps all steps in their order
 * @param negotiated session of the connection; empty in plaintext and after a failure
 * @param links of that Milvus, as far as a client can see them; none after a failure
 */
public record ConnectionDiagnosis(
    ConnectionSettings settings,
    List<DiagnosedStep> steps,
    Optional<NegotiatedSession> negotiated,
    List<Link> links) {
  static final String SETTINGS = "settings";
  static final String NAME = "name resolution";
  static final String TCP = "TCP";
  static final String TLS = "TLS";
  static final String HTTP2 = "HTTP/2";
  static final String AUTHENTICATION = "authentication";
  static final String FIRST_CALL = "first call";
  private static final List<String> ALL =
      List.of(SETTINGS, NAME, TCP, TLS, HTTP2, AUTHENTICATION, FIRST_CALL);

  public ConnectionDiagnosis {
    steps = List.copyOf(steps);
    links = List.copyOf(links);
  }

  /** Connects within the connect timeout for each step, and closes again. */
  public static ConnectionDiagnosis of(ConnectionSettings settings) {
    return of(settings, Clock.systemUTC(), InetAddress::getAllByName);
  }

  static ConnectionDiagnosis of(
      ConnectionSettings settings, Clock clock, HostLookup.Resolver resolver) {
    return new Walk(settings, clock, resolver).walk();
  }

  /** Whether every step succeeded. */
  public boolean isConnected() {
    return failed().isEmpty();
  }

  /** The step that failed, if any. */
  public Optional<DiagnosedStep> failed() {
    return steps.stream().filter(step -> step.state() == DiagnosedStep.State.FAILED).findFirst();
  }

  /** One diagnosis; collects its steps. */
  private static final class Walk {
    private final ConnectionSettings settings;
    private final Clock clock;
    private final HostLookup.Resolver resolver;
    private final List<DiagnosedStep> steps = new ArrayList<>();
    private Optional<NegotiatedSession> negotiated = Optional.empty();
    private List<Link> links = List.of();

    Walk(ConnectionSettings settings, Clock clock, HostLookup.Resolver resolver) {
      this.settings = settings;
      this.clock = clock;
      this.resolver = resolver;
    }

    ConnectionDiagnosis walk() {
      try {
        go();
      } catch (MilvusTlsException e) {
        fail(ALL.get(steps.size()), e);
      }
      ALL.stream()
          .skip(steps.size())
          .map(name -> DiagnosedStep.skipped(name, "not reached"))
          .forEach(steps::add);
      return new ConnectionDiagnosis(settings, steps, negotiated, links);
    }

    private void go() {
      long start = System.nanoTime();
      try (MilvusConnector connector = MilvusConnector.of(settings, clock)) {
        ok(SETTINGS, SettingsFacts.line(settings), SettingsFacts.notes(settings, clock), start);
        List<InetAddress> addresses = resolve();
        tcp(addresses);
        connect(connector);
      }
    }

    private List<InetAddress> resolve() {
      long start = System.nanoTime();
      try {
        List<InetAddress> found =
            HostLookup.all(settings.host(), settings.connectTimeout(), resolver);
        String list =
            found.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
        ok(NAME, settings.host() + " is " + list, List.of(), start);
        return found;
      } catch (IOException e) {
        throw unreachable(ConnectStep.RESOLVE, e);
      }
    }

    /** One address that accepts the connection is enough; the others become notes. */
    private void tcp(List<InetAddress> addresses) {
      List<String> notes = new ArrayList<>();
      Optional<IOException> failure = Optional.empty();
      for (InetAddress address : addresses) {
        long start = System.nanoTime();
        try (Socket socket = new Socket()) {
          socket.connect(
              new InetSocketAddress(address, settings.port()),
              (int) settings.connectTimeout().toMillis());
          ok(
              TCP,
              "connected to " + address.getHostAddress() + " port " + settings.port(),
              notes,
              start);
          return;
        } catch (IOException e) {
          notes.add(address.getHostAddress() + ": " + e.getMessage());
          failure = Optional.of(e);
        }
      }
      throw unreachable(ConnectStep.TCP, failure.orElseThrow());
    }

    private void connect(MilvusConnector connector) {
      try (SecureMilvus milvus = connector.connect()) {
        negotiated = milvus.negotiated();
        connected(milvus, connector);
        firstCall(milvus.client());
      } catch (ConnectionFailedException e) {
        passed(e);
        fail(nameOf(e.step()), e);
      }
    }

    private void connected(SecureMilvus milvus, MilvusConnector connector) {
      ConnectTimings times = milvus.timings();
      Duration tls = times.tlsFinished().orElse(times.tcpConnected());
      if (negotiated.isPresent()) {
        steps.add(
            DiagnosedStep.ok(
                TLS,
                PeerFacts.line(negotiated.get()),
                PeerFacts.notes(milvus, connector, clock),
                tls.minus(times.tcpConnected())));
      } else {
        steps.add(plaintext());
      }
      steps.add(
          DiagnosedStep.ok(
              HTTP2, "SETTINGS received", List.of(), times.settingsReceived().minus(tls)));
      steps.add(
          DiagnosedStep.ok(
              AUTHENTICATION,
              settings.credentials().map(who -> "as " + who).orElse("no user, none was asked for"),
              List.of(),
              times.firstCall().minus(times.settingsReceived())));
    }

    private void firstCall(MilvusClientV2 client) {
      long start = System.nanoTime();
      try {
        int collections = client.listCollections().getCollectionNames().size();
        String version = client.getServerVersion();
        ok(
            FIRST_CALL,
            "Milvus "
                + version
                + ", "
                + collections
                + " collections in database "
                + settings.database().orElse("default"),
            MilvusVersion.find(version).map(Walk::advisories).orElse(List.of()),
            start);
        links = LinksSeen.of(settings, negotiated);
      } catch (MilvusClientException e) {
        String why = CallRefusal.explain(settings, e);
        if (CallRefusal.isAboutTheUser(e)) {
          steps.remove(steps.size() - 1);
          steps.add(DiagnosedStep.failed(AUTHENTICATION, why));
        } else {
          steps.add(DiagnosedStep.failed(FIRST_CALL, why));
        }
      }
    }

    private static List<String> advisories(MilvusVersion version) {
      return Advisory.of(version).stream()
          .map(advisory -> "warning: " + advisory.line(version))
          .toList();
    }

    /** The steps before the failed one have passed. */
    private void passed(ConnectionFailedException e) {
      if (e.step() == ConnectStep.HTTP2 || e.step() == ConnectStep.RPC) {
        steps.add(
            settings.tls().mode().isEncrypted()
                ? passed(TLS, "handshake finished on this side", e, ConnectStep.TLS)
                : plaintext());
      }
      if (e.step() == ConnectStep.RPC) {
        steps.add(passed(HTTP2, "SETTINGS received", e, ConnectStep.HTTP2));
      }
    }

    private static DiagnosedStep passed(
        String name, String detail, ConnectionFailedException e, ConnectStep step) {
      return DiagnosedStep.passed(name, detail, Optional.ofNullable(e.passed().get(step)));
    }

    private static DiagnosedStep plaintext() {
      return DiagnosedStep.skipped(TLS, "plaintext, as asked: everybody on the way can read");
    }

    private static String nameOf(ConnectStep step) {
      return switch (step) {
        case RESOLVE -> NAME;
        case TCP -> TCP;
        case TLS -> TLS;
        case HTTP2 -> HTTP2;
        case RPC -> AUTHENTICATION;
      };
    }

    private ConnectionFailedException unreachable(ConnectStep step, IOException cause) {
      HandshakeEvidence evidence =
          new HandshakeEvidence(
              settings.target(),
              settings.serverName(),
              settings.tls(),
              step,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              settings.connectTimeout(),
              clock.instant());
      return ConnectionFailedException.of(
          step, HandshakeFailure.of(cause, evidence), Map.of(), cause);
    }

    private void ok(String name, String detail, List<String> notes, long start) {
      steps.add(DiagnosedStep.ok(name, detail, notes, Duration.ofNanos(System.nanoTime() - start)));
    }

    private void fail(String name, MilvusTlsException e) {
      steps.add(DiagnosedStep.failed(name, String.valueOf(e.getMessage())));
    }
  }
}
