package org.milvustls.acme;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.HostName;
import org.milvustls.pki.KeyType;
import org.milvustls.pki.PrivateFolder;

/**
 * The stored ACME data of one server, beside its leaf.
 *
 * @param leaves the request of the current leaf and then that of its pending successor. The
 *     certificate itself shows which one is current, so a command may end at any moment
 * @param advice of the CA on a leaf; empty: not requested yet
 * @param throttled earliest time of the next order, by CA
 */
record AcmeRecord(
    List<OrderedLeaf> leaves,
    Optional<RenewalAdvice> advice,
    Map<AcmeDirectory, Instant> throttled) {
  /** An empty record. */
  static final AcmeRecord NONE = new AcmeRecord(List.of(), Optional.empty(), Map.of());

  // Additional fields of another version are not needed for a renewal.
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  AcmeRecord {
    leaves = List.copyOf(leaves);
    throttled = Map.copyOf(throttled);
  }

  /** A leaf as Jackson sees it. */
  private record Leaf(
      String serial,
      List<String> names,
      String keyType,
      String directory,
      @Nullable String trust,
      @Nullable String email,
      @Nullable String profile,
      String challenge,
      int httpPort,
      @Nullable String dnsHook) {
    static Leaf of(OrderedLeaf leaf) {
      AcmeSettings settings = leaf.settings();
      return new Leaf(
          leaf.serial(),
          leaf.names().stream().map(HostName::value).toList(),
          leaf.keyType().id(),
          settings.directory().toString(),
          settings.trust().map(Path::toString).orElse(null),
          settings.email().orElse(null),
          settings.profile().orElse(null),
          settings.challenge().id(),
          settings.httpPort(),
          settings.dnsHook().orElse(null));
    }

    OrderedLeaf toOrdered() {
      return new OrderedLeaf(
          Objects.requireNonNull(serial),
          names.stream().map(HostName::of).toList(),
          KeyType.of(keyType),
          new AcmeSettings(
              AcmeDirectory.of(directory),
              Optional.ofNullable(trust).map(Path::of),
              Optional.ofNullable(email),
              Optional.ofNullable(profile),
              ChallengeType.of(challenge),
              httpPort,
              Optional.ofNullable(dnsHook)));
    }
  }

  /** The file as Jackson sees it. */
  private record Document(
      List<Leaf> leaves,
      @Nullable String adviceSerial,
      @Nullable String windowStart,
      @Nullable String windowEnd,
      @Nullable String askAgainFrom,
      @Nullable Map<String, String> throttled) {
    static Document of(AcmeRecord record) {
      Optional<RenewalAdvice.Window> window = record.advice.flatMap(RenewalAdvice::window);
      return new Document(
          record.leaves.stream().map(Leaf::of).toList(),
          record.advice.map(RenewalAdvice::serial).orElse(null),
          window.map(each -> each.start().toString()).orElse(null),
          window.map(each -> each.end().toString()).orElse(null),
          record.advice.map(each -> each.askAgainFrom().toString()).orElse(null),
          record.throttled.entrySet().stream()
              .collect(
                  Collectors.toMap(
                      each -> each.getKey().toString(), each -> each.getValue().toString())));
    }

    AcmeRecord toRecord() {
      Optional<RenewalAdvice.Window> window =
          windowStart == null || windowEnd == null
              ? Optional.empty()
              : Optional.of(
                  new RenewalAdvice.Window(Instant.parse(windowStart), Instant.parse(windowEnd)));
      return new AcmeRecord(
          leaves.stream().map(Leaf::toOrdered).toList(),
          adviceSerial == null || askAgainFrom == null
              ? Optional.empty()
              : Optional.of(new RenewalAdvice(adviceSerial, window, Instant.parse(askAgainFrom))),
          throttled == null
              ? Map.of()
              : throttled.entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          each -> AcmeDirectory.of(each.getKey()),
                          each -> Instant.parse(each.getValue()))));
    }
  }

  /** The order of this leaf; empty for one that is not recorded. */
  Optional<OrderedLeaf> ordered(X509Certificate leaf) {
    return leaves.stream().filter(each -> each.is(leaf)).findFirst();
  }

  /** The last order of a leaf. */
  Optional<OrderedLeaf> last() {
    return leaves.isEmpty() ? Optional.empty() : Optional.of(leaves.get(leaves.size() - 1));
  }

  /**
   * A copy with a pending leaf.
   *
   * @param inForce the leaf that it replaces; empty: none
   */
  AcmeRecord withComing(OrderedLeaf coming, Optional<X509Certificate> inForce) {
    List<OrderedLeaf> both = new ArrayList<>();
    inForce.flatMap(this::ordered).ifPresent(both::add);
    both.removeIf(leaf -> leaf.serial().equals(coming.serial()));
    both.add(coming);
    return new AcmeRecord(both, advice, throttled);
  }

  AcmeRecord withAdvice(RenewalAdvice newer) {
    return new AcmeRecord(leaves, Optional.of(newer), throttled);
  }

  AcmeRecord withThrottled(AcmeDirectory ca, Instant until) {
    Map<AcmeDirectory, Instant> all = new HashMap<>(throttled);
    all.put(ca, until);
    return new AcmeRecord(leaves, advice, all);
  }

  /** The earliest time of the next order at this CA; empty: now. */
  Optional<Instant> throttledUntil(AcmeDirectory ca, Instant now) {
    return Optional.ofNullable(throttled.get(ca)).filter(now::isBefore);
  }

  static Optional<AcmeRecord> read(PrivateFolder folder, String server) {
    return folder.text(file(server)).map(text -> parse(text, folder.file(file(server))));
  }

  private static AcmeRecord parse(String text, Path file) {
    try {
      return JSON.readValue(text, Document.class).toRecord();
    } catch (JsonProcessingException | DateTimeException | NullPointerException e) {
      throw MilvusTlsException.failure(
              "what is recorded of a certificate of a public CA is damaged, or of another version")
          .seen(file)
          .next("delete the file and give 'certs acme' all options again")
          .cause(e)
          .build();
    }
  }

  void write(PrivateFolder folder, String server) {
    try {
      folder.write(file(server), JSON.writeValueAsString(Document.of(this)) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings and numbers have a JSON form", e);
    }
  }

  private static String file(String server) {
    return server + ".json";
  }
}
