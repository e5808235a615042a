package org.milvustls.acme;

/** Sets and removes TXT records: a hook of the user's, or the user. */
public interface DnsPublisher {
  /** Sets a record, beside others of the same name; returns when the world can see it. */
  void present(TxtRecord txt);

  /** Removes what {@link #present} has set. */
  void withdraw(TxtRecord txt);
}
