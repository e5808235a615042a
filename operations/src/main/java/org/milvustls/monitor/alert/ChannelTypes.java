package org.milvustls.monitor.alert;

import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.milvustls.MilvusTlsException;

/** The types of alert channels on the class path. */
final class ChannelTypes {
  private final Map<String, AlertChannelType> types = new TreeMap<>();

  private ChannelTypes(Iterable<AlertChannelType> found) {
    found.forEach(this::add);
  }

  /** Looks for them. */
  static ChannelTypes onClassPath() {
    try {
      return of(ServiceLoader.load(AlertChannelType.class));
    } catch (ServiceConfigurationError e) {
      throw MilvusTlsException.failure(
              "a type of alert channel cannot be loaded: " + e.getMessage())
          .next("check META-INF/services/" + AlertChannelType.class.getName() + " of its jar")
          .cause(e)
          .build();
    }
  }

  /** Takes these, of which no two may have one name. */
  static ChannelTypes of(Iterable<AlertChannelType> found) {
    return new ChannelTypes(found);
  }

  private void add(AlertChannelType type) {
    AlertChannelType other = types.putIfAbsent(type.type(), type);
    if (other != null) {
      throw MilvusTlsException.failure(
              "two classes bring one type of alert channel: "
                  + other.getClass().getName()
                  + " and "
                  + type.getClass().getName())
          .seen(type.type())
          .next("take one of them off the class path")
          .build();
    }
  }

  Optional<AlertChannelType> find(String type) {
    return Optional.ofNullable(types.get(type));
  }

  /** Their names, sorted. */
  String names() {
    return String.join(", ", types.keySet());
  }
}
