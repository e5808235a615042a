package org.milvustls.acme;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.PrivateFolder;

/**
 * What is remembered of one server besides its leaf.
 *
 * @param settings whom to ask and how
 * @param advice of the CA on the leaf in force; empty: not asked yet
 * @param throttledUntil before it the CA is not asked for a certificate; empty: it may be
 */
record AcmeRecord(
    AcmeSettings settings, Optional<RenewalAdvice> advice, Optional<Instant> throttledUntil) {
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
      @Nullable String throttledUntil) {
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
          record.throttledUntil.map(Instant::toString).orElse(null));
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
          Optional.ofNullable(throttledUntil).map(Instant::parse));
    }
  }

  static AcmeRecord of(AcmeSettings settings) {
    return new AcmeRecord(settings, Optional.empty(), Optional.empty());
  }

  AcmeRecord withAdvice(RenewalAdvice newer) {
    return new AcmeRecord(settings, Optional.of(newer), throttledUntil);
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
