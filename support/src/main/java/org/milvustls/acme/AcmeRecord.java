package org.milvustls.acme;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.PrivateFolder;

/**
 * What is remembered of one server besides its leaf.
 *
 * @param settings how the leaf in force was asked for, and whom
 * @param advice of the CA on the leaf in force; empty: not asked yet
 * @param throttled CAs, that of the leaf in force or others, that are not asked for a certificate
 *     before a time
 */
record AcmeRecord(
    AcmeSettings settings, Optional<RenewalAdvice> advice, Map<AcmeDirectory, Instant> throttled) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The file as Jackson sees it. */
  private record Document(
      String directory,
      @Nullable String trust,
      @Nullable String email,
      @Nullable String profile,
      String challenge,
      int httpPort,
      @Nullable String dnsHook,
      @Nullable String adviceSerial,
      @Nullable String windowStart,
      @Nullable String windowEnd,
      @Nullable String askAgainFrom,
      @Nullable Map<String, String> throttled) {
    static Document of(AcmeRecord record) {
      AcmeSettings settings = record.settings;
      Optional<RenewalAdvice.Window> window = record.advice.flatMap(RenewalAdvice::window);
      return new Document(
          settings.directory().toString(),
          settings.trust().map(Path::toString).orElse(null),
          settings.email().orElse(null),
          settings.profile().orElse(null),
          settings.challenge().id(),
          settings.httpPort(),
          settings.dnsHook().orElse(null),
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
          new AcmeSettings(
              AcmeDirectory.of(directory),
              Optional.ofNullable(trust).map(Path::of),
              Optional.ofNullable(email),
              Optional.ofNullable(profile),
              ChallengeType.of(challenge),
              httpPort,
              Optional.ofNullable(dnsHook)),
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

  static AcmeRecord of(AcmeSettings settings) {
    return new AcmeRecord(settings, Optional.empty(), Map.of());
  }

  /** For a leaf that takes the place of this one. */
  AcmeRecord successor(AcmeSettings newer) {
    return new AcmeRecord(newer, Optional.empty(), throttled);
  }

  AcmeRecord withAdvice(RenewalAdvice newer) {
    return new AcmeRecord(settings, Optional.of(newer), throttled);
  }

  AcmeRecord withThrottled(AcmeDirectory ca, Instant until) {
    Map<AcmeDirectory, Instant> all = new HashMap<>(throttled);
    all.put(ca, until);
    return new AcmeRecord(settings, advice, Map.copyOf(all));
  }

  /** Before when this CA is not asked; empty: it may be asked now. */
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
              "what is recorded of a certificate of a public CA is damaged")
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
