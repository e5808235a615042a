package org.milvustls.acme;

import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.challenge.Challenge;

/** Answers the challenges of one order, and removes the answers on close. */
interface ChallengeSolver extends AutoCloseable {
  /**
   * The solver for these settings.
   *
   * @param byHand publisher of TXT records, for settings without a hook
   */
  static ChallengeSolver of(AcmeSettings settings, Optional<DnsPublisher> byHand) {
    if (settings.challenge() == ChallengeType.HTTP_01) {
      return new HttpSolver(settings.httpPort());
    }
    return new DnsSolver(
        settings
            .dnsHook()
            .<DnsPublisher>map(DnsHook::new)
            .or(() -> byHand)
            .orElseThrow(
                () ->
                    MilvusTlsException.usage("nobody is there to set the TXT record")
                        .seen(settings.challenge())
                        .next("give --dns-hook CMD, or run the command on a terminal")
                        .build()));
  }

  /**
   * Makes the answer visible to the CA.
   *
   * @return the challenge that the CA may check now; empty: the CA does not offer this kind
   */
  Optional<? extends Challenge> answer(Authorization authorization);

  @Override
  void close();
}
