package org.milvustls.acme;

import java.time.Instant;
import java.util.Objects;
import org.milvustls.pki.LeafEntry;

/**
 * The result of a request.
 *
 * @param entry the current leaf
 * @param issued whether it is newly issued
 * @param dueFrom time from which its successor is due, as known now
 */
public record AcmeResult(LeafEntry entry, boolean issued, Instant dueFrom) {
  public AcmeResult {
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(dueFrom, "dueFrom");
  }
}
