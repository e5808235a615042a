package org.milvustls.acme;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Dns01Challenge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers dns-01 challenges with TXT records. */
final class DnsSolver implements ChallengeSolver {
  private static final Logger LOG = LoggerFactory.getLogger(DnsSolver.class);

  private final DnsPublisher publisher;
  private final List<TxtRecord> published = new ArrayList<>();

  DnsSolver(DnsPublisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public Optional<? extends Challenge> answer(Authorization authorization) {
    Optional<Dns01Challenge> challenge = authorization.findChallenge(Dns01Challenge.class);
    challenge.ifPresent(
        each -> {
          String domain = authorization.getIdentifier().getDomain();
          String name = each.getRRName(domain);
          TxtRecord txt =
              new TxtRecord(
                  domain,
                  name.endsWith(".") ? name.substring(0, name.length() - 1) : name,
                  each.getDigest());
          // Record it first, because a failed hook may have set it.
          published.add(txt);
          publisher.present(txt);
        });
    return challenge;
  }

  /** A leftover record is harmless, so its error must not hide an earlier one. */
  @Override
  public void close() {
    for (TxtRecord txt : published) {
      try {
        publisher.withdraw(txt);
      } catch (MilvusTlsException e) {
        LOG.warn("The TXT record {} was not removed: {}", txt.name(), e.getMessage());
      }
    }
  }
}
