package org.milvustls.monitor.alert;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers a message, with retries where they may help.
 *
 * @param pauses between the attempts, for a busy or restarting receiver; the number of attempts is
 *     one more
 */
record Delivery(List<Duration> pauses) {
  /** Three attempts. */
  static final Delivery PATIENT =
      new Delivery(List.of(Duration.ofSeconds(1), Duration.ofSeconds(4)));

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  Delivery {
    pauses = List.copyOf(pauses);
  }

  /** The reason of a failure; empty when delivered. */
  Optional<String> deliver(AlertChannel channel, Message message) throws InterruptedException {
    for (int attempt = 0; ; attempt++) {
      try {
        channel.send(message);
        return Optional.empty();
      } catch (UndeliveredException e) {
        String why = String.valueOf(e.getMessage());
        LOG.debug("attempt {}", attempt + 1, e);
        if (!e.isWorthRetrying() || attempt == pauses.size()) {
          return Optional.of(attempt == 0 ? why : why + " (" + (attempt + 1) + " attempts)");
        }
      } catch (RuntimeException e) {
        // A fault of this channel is not one of the others. Its text may show a secret.
        LOG.debug("attempt {}", attempt + 1, e);
        return Optional.of("the channel itself failed: " + e.getClass().getName());
      }
      Thread.sleep(pauses.get(attempt).toMillis());
    }
  }
}
