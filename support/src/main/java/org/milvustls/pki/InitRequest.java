package org.milvustls.pki;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.milvustls.MilvusTlsException;

/**
 * The request for the content of a new certificate directory.
 *
 * @param serverName name of the server's folder
 * @param hosts names under which clients reach the server; empty: {@link #DEFAULT_HOSTS}, or any
 *     names in an existing directory
 * @param clients names of the clients to issue for
 * @param keyType kind of all keys
 * @param leafLifetime lifetime of the leaves
 * @param storage storage of the leaves' files
 * @param permitted names that the server CA may sign for; empty: any
 */
public record InitRequest(
    String serverName,
    List<HostName> hosts,
    List<String> clients,
    KeyType keyType,
    Duration leafLifetime,
    LeafStorage storage,
    List<NameScope> permitted) {
  /** This machine, under the names that work everywhere. */
  public static final List<HostName> DEFAULT_HOSTS =
      HostName.listOf("localhost", "127.0.0.1", "::1");

  /** Default name of the server. */
  public static final String DEFAULT_SERVER = "milvus";

  public InitRequest {
    LeafName.check(serverName);
    hosts = hosts.stream().distinct().toList();
    clients = clients.stream().distinct().toList();
    clients.forEach(LeafName::check);
    Objects.requireNonNull(keyType, "keyType");
    Objects.requireNonNull(storage, "storage");
    permitted = List.copyOf(permitted);
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

  /** Collects the differences from the defaults. */
  public static final class Builder {
    private String serverName = DEFAULT_SERVER;
    private final List<HostName> hosts = new ArrayList<>();
    private final List<String> clients = new ArrayList<>();
    private KeyType keyType = KeyType.ECDSA_P256;
    private Duration leafLifetime = LeafRequest.LIFETIME;
    private LeafStorage storage = LeafStorage.DEFAULT;
    private final List<NameScope> permitted = new ArrayList<>();

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

    /** Storage of the leaves' files. */
    public Builder storage(LeafStorage value) {
      this.storage = value;
      return this;
    }

    /** One more scope of names that the server CA may sign for. */
    public Builder permitted(String scope) {
      permitted.add(NameScope.of(scope));
      return this;
    }

    public InitRequest build() {
      return new InitRequest(serverName, hosts, clients, keyType, leafLifetime, storage, permitted);
    }
  }
}
