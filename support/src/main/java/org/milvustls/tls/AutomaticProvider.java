package org.milvustls.tls;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the TLS implementation for settings that name none: BoringSSL where it loads, otherwise
 * the JDK. For the JDK it logs the reason once.
 */
public final class AutomaticProvider {
  private static final Logger LOG = LoggerFactory.getLogger(AutomaticProvider.class);

  private final Supplier<Optional<String>> whyNoBoringSsl;
  private @Nullable TlsProvider choice;

  /**
   * A choice on first use.
   *
   * @param whyNoBoringSsl the reason why BoringSSL does not load; empty when it does
   */
  public AutomaticProvider(Supplier<Optional<String>> whyNoBoringSsl) {
    this.whyNoBoringSsl = whyNoBoringSsl;
  }

  /** The same settings with a provider; those of plaintext need none. */
  public TlsSettings completing(TlsSettings settings) {
    boolean open = settings.mode().isEncrypted() && settings.provider().isEmpty();
    return open ? settings.withProvider(choice()) : settings;
  }

  private synchronized TlsProvider choice() {
    if (choice == null) {
      Optional<String> reason = whyNoBoringSsl.get();
      reason.ifPresent(why -> LOG.info("Using the TLS of the JDK: {}.", why));
      choice = reason.isPresent() ? TlsProvider.JDK : TlsProvider.BORINGSSL;
    }
    return choice;
  }
}
