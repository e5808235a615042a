package org.milvustls.monitor.alert;

/** A way to people: a webhook, a chat room, a mailbox. */
@FunctionalInterface
public interface AlertChannel {
  /**
   * Tries once, within {@link ChannelOptions#limit()}.
   *
   * @throws UndeliveredException when the receiver has not confirmed the message
   */
  void send(Message message) throws UndeliveredException, InterruptedException;
}
