package org.milvustls.acme;

import java.time.Duration;
import java.util.Map;
import org.milvustls.pki.ShellHook;

/**
 * A shell command that sets and removes TXT records. It gets {@code MILVUS_TLS_ACME_ACTION} ({@code
 * present} or {@code withdraw}), {@code MILVUS_TLS_ACME_DOMAIN}, {@code MILVUS_TLS_ACME_RECORD} and
 * {@code MILVUS_TLS_ACME_VALUE} in its environment.
 */
final class DnsHook implements DnsPublisher {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final ShellHook hook;

  DnsHook(String command) {
    this.hook =
        new ShellHook(
            "the DNS hook",
            command,
            LIMIT,
            "mend the hook and run the command again; it must end when the record can be seen");
  }

  @Override
  public void present(TxtRecord txt) {
    run("present", txt);
  }

  @Override
  public void withdraw(TxtRecord txt) {
    run("withdraw", txt);
  }

  private void run(String action, TxtRecord txt) {
    hook.run(
        Map.of(
            "MILVUS_TLS_ACME_ACTION", action,
            "MILVUS_TLS_ACME_DOMAIN", txt.domain(),
            "MILVUS_TLS_ACME_RECORD", txt.name(),
            "MILVUS_TLS_ACME_VALUE", txt.value()));
  }
}
