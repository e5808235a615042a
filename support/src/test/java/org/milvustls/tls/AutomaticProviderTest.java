package org.milvustls.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AutomaticProviderTest {
  private final TlsSettings open = TlsSettings.builder(TlsMode.SERVER).build();
  private final AtomicInteger asked = new AtomicInteger();

  private AutomaticProvider where(Optional<String> whyNoBoringSsl) {
    return new AutomaticProvider(
        () -> {
          asked.incrementAndGet();
          return whyNoBoringSsl;
        });
  }

  @Test
  void settings_name_no_provider_unless_told() {
    assertThat(open.provider()).isEmpty();
  }

  @Test
  void takes_boringssl_where_it_loads_and_changes_nothing_else() {
    TlsSettings chosen = where(Optional.empty()).completing(open);
    assertThat(chosen)
        .isEqualTo(TlsSettings.builder(TlsMode.SERVER).provider(TlsProvider.BORINGSSL).build());
  }

  @Test
  void takes_the_jdk_where_boringssl_does_not_load_and_asks_once() {
    AutomaticProvider automatic = where(Optional.of("no library for this machine"));
    assertThat(automatic.completing(open).provider()).contains(TlsProvider.JDK);
    assertThat(automatic.completing(open).provider()).contains(TlsProvider.JDK);
    assertThat(asked).hasValue(1);
  }

  @Test
  void a_named_provider_stays_and_plaintext_gets_none() {
    AutomaticProvider automatic = where(Optional.empty());
    TlsSettings jdk = TlsSettings.builder(TlsMode.SERVER).provider(TlsProvider.JDK).build();
    assertThat(automatic.completing(jdk)).isSameAs(jdk);
    assertThat(automatic.completing(TlsSettings.plaintext())).isEqualTo(TlsSettings.plaintext());
    assertThat(asked).hasValue(0);
  }
}
