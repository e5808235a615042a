package org.milvustls.client;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.milvustls.tls.Identity;
import org.milvustls.tls.NettyTls;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;

/** Describes the settings of a connection in words. */
final class SettingsFacts {
  private SettingsFacts() {}

  static String line(ConnectionSettings settings) {
    TlsSettings tls = settings.tls();
    if (tls.mode() == TlsMode.OFF) {
      return "plaintext to " + settings.target();
    }
    String provider =
        tls.isBy(TlsProvider.BORINGSSL)
            ? BundledBoringSsl.describe()
            : NettyTls.describe(TlsProvider.JDK);
    return (tls.mode() == TlsMode.MUTUAL ? "mutual TLS" : "server-authenticated TLS")
        + " to "
        + settings.target()
        + " by "
        + provider
        + ", trusting "
        + tls.trust().map(Object::toString).orElse("the CAs of the JVM");
  }

  static List<String> notes(ConnectionSettings settings, Clock clock) {
    List<String> notes = new ArrayList<>();
    settings
        .tls()
        .identity()
        .map(Identity::load)
        .map(Identity.Pair::leaf)
        .ifPresent(leaf -> notes.add(validity("client certificate", leaf, clock.instant())));
    if (settings.tls().mode() == TlsMode.OFF && settings.credentials().isPresent()) {
      notes.add("warning: the password is sent in the clear");
    }
    return notes;
  }

  /** A certificate with its expiry, and a warning when it has expired or expires soon. */
  static String validity(String what, X509Certificate leaf, Instant now) {
    Instant until = leaf.getNotAfter().toInstant();
    long days = Duration.between(now, until).toDays();
    String end = "valid until " + until + " (" + days + " days)";
    String warning =
        now.isAfter(until) ? "; warning: EXPIRED" : days < 14 ? "; warning: renew it" : "";
    return what + " '" + leaf.getSubjectX500Principal().getName() + "', " + end + warning;
  }
}
