package org.milvustls.acme;

import java.util.Optional;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.challenge.Challenge;

/** Answers the challenges of one order, and takes the answers back when it is closed. */
interface ChallengeSolver extends AutoCloseable {
  /**
   * Makes the answer visible to the CA.
   *
   * @return the challenge that the CA may check now; empty: the CA does not offer this kind
   */
  Optional<? extends Challenge> answer(Authorization authorization);

  @Override
  void close();
}
