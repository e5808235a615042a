package org.milvustls.scan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.milvustls.tls.ServerHello;

/**
 * Finds the parameters that a listener accepts in one version. Offers all, removes the chosen one,
 * and repeats until the listener refuses.
 */
final class ProtocolProbe {
  private final Probe probe;
  private final Offer everything;

  ProtocolProbe(Probe probe, Protocol protocol, Optional<String> serverName) {
    this.probe = probe;
    this.everything =
        new Offer(
            protocol,
            Registry.suitesFor(protocol),
            Registry.allGroups(),
            Registry.allSchemes(),
            serverName,
            false);
  }

  ProtocolScan run() {
    Probe.Answer first = probe.send(everything);
    Optional<ServerHello> chosen = first.chosen(everything.protocol());
    if (chosen.isEmpty()) {
      return ProtocolScan.refused(everything.protocol(), first.refusal());
    }
    List<Integer> suites = suites();
    Offer accepted = everything.withSuites(suites);
    List<Integer> groups = groups(suites);
    return new ProtocolScan(
        everything.protocol(),
        Optional.empty(),
        suites.stream().map(Registry::suite).toList(),
        order(suites),
        groups.stream().map(Registry::group).toList(),
        schemes(accepted),
        everything.protocol() == Protocol.TLS_1_3
            ? Optional.empty()
            : chosen.map(ServerHello::ticket));
  }

  /**
   * The accepted groups. Below TLS 1.3 it offers only ECDHE suites, so that the listener cannot
   * choose another key exchange.
   */
  private List<Integer> groups(List<Integer> suites) {
    List<Integer> ephemeral =
        everything.protocol() == Protocol.TLS_1_3
            ? suites
            : suites.stream().filter(suite -> Registry.suite(suite).contains("_ECDHE_")).toList();
    if (ephemeral.isEmpty()) {
      return List.of();
    }
    List<Integer> left = new ArrayList<>(everything.groups());
    List<Integer> found = new ArrayList<>();
    Offer offer = everything.withSuites(ephemeral);
    while (!left.isEmpty() && !probe.isExhausted()) {
      Optional<Integer> next = chosenGroup(offer.withGroups(left));
      if (next.isEmpty() && !found.isEmpty()) {
        // Below TLS 1.3 the offer must include the curve of the leaf's key (RFC 8422 section 5.1).
        next = chosenGroup(offer.withGroups(joined(left, found)));
      }
      if (next.isEmpty() || !left.remove(next.get())) {
        break;
      }
      found.add(next.get());
    }
    return found;
  }

  private Optional<Integer> chosenGroup(Offer offer) {
    return probe
        .send(offer)
        .chosen(offer.protocol())
        .flatMap(ServerHello::namedGroup)
        .map(Registry::groupNumber);
  }

  private static List<Integer> joined(List<Integer> first, List<Integer> second) {
    List<Integer> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private List<Integer> suites() {
    List<Integer> left = new ArrayList<>(everything.suites());
    List<Integer> found = new ArrayList<>();
    while (!left.isEmpty() && !probe.isExhausted()) {
      Optional<Integer> next =
          probe
              .send(everything.withSuites(left))
              .chosen(everything.protocol())
              .map(hello -> Registry.suiteNumber(hello.cipherSuite()));
      if (next.isEmpty() || !left.remove(next.get())) {
        break;
      }
      found.add(next.get());
    }
    return found;
  }

  /**
   * Offers the server's last choice first: a server that still chooses its own first has an order.
   * ChaCha20 is tested separately. Many servers (Go, OpenSSL with {@code PrioritizeChaCha}) have an
   * order, but choose ChaCha20 for a client that puts it first because it lacks fast AES.
   */
  private ProtocolScan.Order order(List<Integer> suites) {
    if (suites.size() < 2) {
      return ProtocolScan.Order.NO_CHOICE;
    }
    List<Integer> chacha = new ArrayList<>(suites);
    chacha.removeIf(suite -> !Registry.suite(suite).contains("CHACHA20"));
    List<Integer> others = new ArrayList<>(suites);
    others.removeAll(chacha);
    List<Integer> reversed = new ArrayList<>(others.size() < 2 ? suites : others);
    Collections.reverse(reversed);
    if (takesFirst(reversed)) {
      return ProtocolScan.Order.CLIENT;
    }
    boolean wished =
        !chacha.isEmpty()
            && !others.isEmpty()
            && takesFirst(joined(chacha, others))
            && takesFirst(joined(others, chacha));
    return wished ? ProtocolScan.Order.SERVER_EXCEPT_CHACHA20 : ProtocolScan.Order.SERVER;
  }

  private boolean takesFirst(List<Integer> suites) {
    return probe
        .send(everything.withSuites(suites))
        .chosen(everything.protocol())
        .map(hello -> Registry.suiteNumber(hello.cipherSuite()) == suites.get(0))
        .orElse(false);
  }

  /**
   * Offers each scheme alone, because a TLS 1.3 server does not show its choice unencrypted. Sends
   * a key share, because a HelloRetryRequest comes before the choice.
   */
  private List<String> schemes(Offer accepted) {
    if (everything.protocol().wireValue() < Protocol.TLS_1_2.wireValue()) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    for (int scheme : Registry.allSchemes()) {
      if (probe.isExhausted()) {
        break;
      }
      Probe.Answer answer =
          probe.send(
              accepted
                  .withSchemes(List.of(scheme))
                  .withKeyShare(everything.protocol() == Protocol.TLS_1_3));
      if (answer.chosen(everything.protocol()).isPresent() && answer.flight()) {
        found.add(Registry.scheme(scheme));
      }
    }
    return found;
  }
}
