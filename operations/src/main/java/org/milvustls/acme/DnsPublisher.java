package org.milvustls.acme;

/** Sets and removes TXT records: a user's hook, or the user. */
public interface DnsPublisher {
  /** Sets a record, beside others of the same name; returns when it is publicly visible. */
  void present(TxtRecord txt);

  /** Removes a record of {@link #present}. */
  void withdraw(TxtRecord txt);
}
