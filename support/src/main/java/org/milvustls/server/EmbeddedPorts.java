package org.milvustls.server;

/**
 * The ports of one embedded Milvus. All except those of etcd listen on every interface, whatever
 * the configuration says. The internal ones have neither TLS nor authentication.
 *
 * @param proxy gRPC for clients
 * @param block source of all others
 */
record EmbeddedPorts(int proxy, PortBlock block) {
  int rest() {
    return block.port(1);
  }

  int metrics() {
    return block.port(2);
  }

  int etcdClient() {
    return block.port(3);
  }

  int etcdPeer() {
    return block.port(4);
  }

  /** The port for a placeholder {@code *_port} of the template, internal ones numbered. */
  int forPlaceholder(String name) {
    return switch (name) {
      case "proxy_port" -> proxy;
      case "etcd_port" -> etcdClient();
      case "proxy_internal_port" -> block.port(5);
      case "root_coord_port" -> block.port(6);
      case "query_coord_port" -> block.port(7);
      case "query_node_port" -> block.port(8);
      case "index_coord_port" -> block.port(9);
      case "index_node_port" -> block.port(10);
      case "data_coord_port" -> block.port(11);
      case "data_node_port" -> block.port(12);
      default -> throw new IllegalArgumentException("unknown port of the template: " + name);
    };
  }
}
