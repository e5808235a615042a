package org.milvustls.monitor.alert;

import java.util.Set;
import org.milvustls.MilvusTlsException;

/**
 * A type of alert channel, as {@code type:} of the file of alerts names it. A class that implements
 * it, is public, has a constructor without arguments, and is listed in {@code
 * META-INF/services/org.milvustls.monitor.alert.AlertChannelType} on the class path adds a type.
 *
 * <pre>{@code
 * public final class SlackType implements AlertChannelType {
 *   public String type() {
 *     return "slack";
 *   }
 *
 *   public Set<String> keys() {
 *     return Set.of("url-env", "url-file", "ca");
 *   }
 *
 *   public AlertChannel open(ChannelOptions options) {
 *     HttpPost post = HttpPost.open(options);
 *     return message -> post.send(body(message));
 *   }
 * }
 * }</pre>
 */
public interface AlertChannelType {
  /** The name in the file; no other type has it. */
  String type();

  /** The keys that an entry of this type may have, besides {@code type} and {@code name}. */
  Set<String> keys();

  /**
   * Opens a channel for an entry of the file. Sends nothing.
   *
   * @throws MilvusTlsException of usage when a value is missing or wrong
   */
  AlertChannel open(ChannelOptions options);
}
