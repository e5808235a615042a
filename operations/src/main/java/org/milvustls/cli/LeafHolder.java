package org.milvustls.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.HostName;
import org.milvustls.pki.LeafRequest;
import org.milvustls.pki.LeafRole;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The holder of a leaf: one server or one client. */
final class LeafHolder {
  @ArgGroup(multiplicity = "1")
  private Choice choice = new Choice();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "A name or address of the server; repeat it for more.")
  private List<String> hosts = new ArrayList<>();

  /** The two roles. */
  static final class Choice {
    @Option(names = "--server", paramLabel = "NAME", description = "A server's certificate.")
    private @Nullable String server;

    @Option(names = "--client", paramLabel = "NAME", description = "A client's certificate.")
    private @Nullable String client;
  }

  LeafRole role() {
    return choice.client == null ? LeafRole.SERVER : LeafRole.CLIENT;
  }

  String name() {
    return Objects.requireNonNull(choice.client == null ? choice.server : choice.client);
  }

  LeafRequest request() {
    return request(List.of());
  }

  /**
   * The request for the leaf.
   *
   * @param hostsInRequest a server's names when no {@code --host} is given
   */
  LeafRequest request(List<HostName> hostsInRequest) {
    if (role() == LeafRole.CLIENT) {
      if (!hosts.isEmpty()) {
        throw MilvusTlsException.usage("--host is for servers; a client is named by --client")
            .seen(hosts.get(0))
            .build();
      }
      return LeafRequest.client(name());
    }
    List<HostName> names =
        hosts.isEmpty() ? hostsInRequest : HostName.listOf(hosts.toArray(String[]::new));
    if (names.isEmpty()) {
      throw MilvusTlsException.usage("a server's certificate needs the names it is reached under")
          .next("add --host for each DNS name or IP address")
          .build();
    }
    return LeafRequest.server(name(), names);
  }
}
