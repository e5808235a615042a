package org.milvustls.acme;

import java.time.Instant;
import java.util.Objects;
import org.milvustls.pki.LeafEntry;

/**
 * What became of a request.
 *
 * @param entry the leaf that is in force
 * @param issued whether the CA was asked for it now
 * @param dueFrom when its successor is due, as far as is known now
 */
public record AcmeResult(LeafEntry entry, boolean issued, Instant dueFrom) {
  public AcmeResult {
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(dueFrom, "dueFrom");
  }
}
