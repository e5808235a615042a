package org.milvustls.tls;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TLS alert (RFC 8446 section 6).
 *
 * @param number description on the wire
 * @param name as in the RFC: {@code bad_certificate}
 */
public record TlsAlert(int number, String name) {
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(0, "close_notify"),
          Map.entry(10, "unexpected_message"),
          Map.entry(20, "bad_record_mac"),
          Map.entry(22, "record_overflow"),
          Map.entry(40, "handshake_failure"),
          Map.entry(42, "bad_certificate"),
          Map.entry(43, "unsupported_certificate"),
          Map.entry(44, "certificate_revoked"),
          Map.entry(45, "certificate_expired"),
          Map.entry(46, "certificate_unknown"),
          Map.entry(47, "illegal_parameter"),
          Map.entry(48, "unknown_ca"),
          Map.entry(49, "access_denied"),
          Map.entry(50, "decode_error"),
          Map.entry(51, "decrypt_error"),
          Map.entry(70, "protocol_version"),
          Map.entry(71, "insufficient_security"),
          Map.entry(80, "internal_error"),
          Map.entry(86, "inappropriate_fallback"),
          Map.entry(90, "user_canceled"),
          Map.entry(109, "missing_extension"),
          Map.entry(110, "unsupported_extension"),
          Map.entry(112, "unrecognized_name"),
          Map.entry(113, "bad_certificate_status_response"),
          Map.entry(115, "unknown_psk_identity"),
          Map.entry(116, "certificate_required"),
          Map.entry(120, "no_application_protocol"));

  /** JSSE: "Received fatal alert: bad_certificate". */
  private static final Pattern JSSE = Pattern.compile("Received (?:fatal )?alert: (\\w+)");

  /** BoringSSL: "error:10000412:SSL routines:OPENSSL_internal:SSLV3_ALERT_BAD_CERTIFICATE". */
  private static final Pattern BORINGSSL = Pattern.compile("error:([0-9a-fA-F]{8}):SSL routines");

  /** BoringSSL numbers the reason of a received alert 1000 and up (SSL_AD_REASON_OFFSET). */
  private static final int BORINGSSL_OFFSET = 1000;

  public TlsAlert {
    Objects.requireNonNull(name, "name");
  }

  /** The alert with this number; an unknown one is named by its number. */
  public static TlsAlert of(int number) {
    return new TlsAlert(number, NAMES.getOrDefault(number, "alert_" + number));
  }

  /** The received alert in the exception message of the JDK or of BoringSSL, if any. */
  public static Optional<TlsAlert> in(String message) {
    Matcher jsse = JSSE.matcher(message);
    if (jsse.find()) {
      return named(jsse.group(1).toLowerCase(Locale.ROOT));
    }
    Matcher boringSsl = BORINGSSL.matcher(message);
    if (boringSsl.find()) {
      int reason = (int) (Long.parseLong(boringSsl.group(1), 16) & 0xfff);
      int number = reason - BORINGSSL_OFFSET;
      return NAMES.containsKey(number) ? Optional.of(of(number)) : Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<TlsAlert> named(String name) {
    return NAMES.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(entry -> of(entry.getKey()))
        .findFirst();
  }

  @Override
  public String toString() {
    return name + " (" + number + ")";
  }
}
