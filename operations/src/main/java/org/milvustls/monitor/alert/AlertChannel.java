package org.milvustls.monitor.alert;

/** A channel for alerts to people: a webhook, a chat room, a mailbox. */
public sealed interface AlertChannel permits HttpChannel, MailChannel {
  /** Its name in the settings, in metrics and in the alert memory. */
  String name();

  /**
   * Tries once, within a time limit.
   *
   * @throws UndeliveredException when the receiver has not confirmed the message
   */
  void send(Message message) throws UndeliveredException, InterruptedException;
}
