package org.milvustls.pki;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.milvustls.MilvusTlsException;

/**
 * What a new certificate directory shall hold.
 *
 * @param serverName name of the server's folder
 * @param hosts names under which clients reach the server; empty: {@link #DEFAULT_HOSTS}, or in a
 *     directory that is there already, whatever it has
 * @param clients names of the clients to issue for
 * @param keyType kind of all keys
 * @param leafLifetime lifetime of the leaves
 * @param keyMode who may read the leaves' keys
 */
public record InitRequest(
    String serverName,
    List<HostName> hosts,
    List<String> clients,
    KeyType keyType,
    Duration leafLifetime,
    KeyMode keyMode) {
  /** This machine, under the names that work everywhere. */
  public static final List<HostName> DEFAULT_HOSTS =
      HostName.listOf("localhost", "127.0.0.1", "::1");

  /** The server's name unless another is asked for. */
  public static final String DEFAULT_SERVER = "milvus";

  public InitRequest {
    LeafName.check(serverName);
    hosts = hosts.stream().distinct().toList();
    clients = clients.stream().distinct().toList();
    clients.forEach(LeafName::check);
    Objects.requireNonNull(keyType, "keyType");
    Objects.requireNonNull(keyMode, "keyMode");
    Lifetimes.check(leafLifetime);
    if (leafLifetime.compareTo(AuthorityRequest.INTERMEDIATE_LIFETIME) > 0) {
      throw MilvusTlsException.usage("a leaf must not outlive its issuer")
          .seen(Lifetimes.describe(leafLifetime))
          .allowed("at most " + Lifetimes.describe(AuthorityRequest.INTERMEDIATE_LIFETIME))
          .build();
    }
  }

  /** One server {@code milvus} on this machine, no client, ECDSA P-256, 90 days. */
  public static InitRequest defaults() {
    return builder().build();
  }

  /** Starts with {@link #defaults()}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects what differs from the defaults. */
  public static final class Builder {
    private String serverName = DEFAULT_SERVER;
    private final List<HostName> hosts = new ArrayList<>();
    private final List<String> clients = new ArrayList<>();
    private KeyType keyType = KeyType.ECDSA_P256;
    private Duration leafLifetime = LeafRequest.LIFETIME;
    private KeyMode keyMode = KeyMode.OWNER;

    private Builder() {}

    /** Name of the server's folder. */
    public Builder serverName(String name) {
      this.serverName = name;
      return this;
    }

    /** One more name under which clients reach the server. */
    public Builder host(String host) {
      hosts.add(HostName.of(host));
      return this;
    }

    /** One more client. */
    public Builder client(String name) {
      clients.add(name);
      return this;
    }

    /** Kind of all keys. */
    public Builder keyType(KeyType type) {
      this.keyType = type;
      return this;
    }

    /** Lifetime of the leaves. */
    public Builder leafLifetime(Duration lifetime) {
      this.leafLifetime = lifetime;
      return this;
    }

    /** Who may read the leaves' keys. */
    public Builder keyMode(KeyMode mode) {
      this.keyMode = mode;
      return this;
    }

    public InitRequest build() {
      return new InitRequest(serverName, hosts, clients, keyType, leafLifetime, keyMode);
    }
  }
}
