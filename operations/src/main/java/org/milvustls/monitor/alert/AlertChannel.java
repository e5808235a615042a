package org.milvustls.monitor.alert;

/** A way to people: a webhook, a chat room, a mailbox. */
public sealed interface AlertChannel permits HttpChannel, MailChannel {
  /** What the file calls it; also its name in metrics and in the file of what was told. */
  String name();

  /**
   * Tries once, within a time limit.
   *
   * @throws UndeliveredException when the receiver has not said that it took the message
   */
  void send(Message message) throws UndeliveredException, InterruptedException;
}
