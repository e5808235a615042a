package org.milvustls.pki;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.milvustls.MilvusTlsException;

/** Compares a repeated {@code init} with the existing directory. */
final class InitComparison {
  private InitComparison() {}

  static void requireSame(InitRequest request, DirectoryState state) {
    LeafEntry server =
        state
            .find(LeafRole.SERVER, request.serverName())
            .orElseThrow(
                () ->
                    MilvusTlsException.usage(
                            "the certificate directory is there and has no such server")
                        .seen(request.serverName())
                        .allowed(names(state, LeafRole.SERVER))
                        .next("add it with 'milvus-tls certs issue --server NAME --host H'")
                        .build());
    if (!request.hosts().isEmpty()
        && !new HashSet<>(request.hosts()).equals(new HashSet<>(server.names()))) {
      throw MilvusTlsException.usage(
              "the certificate directory is there, and its server has other host names")
          .seen(text(request.hosts()))
          .allowed(text(server.names()))
          .next(
              "give the server these names with 'milvus-tls certs issue --replace --server "
                  + server.name()
                  + " --host H...'")
          .build();
    }
    for (String client : request.clients()) {
      if (state.find(LeafRole.CLIENT, client).isEmpty()) {
        throw MilvusTlsException.usage("the certificate directory is there and has no such client")
            .seen(client)
            .allowed(names(state, LeafRole.CLIENT))
            .next("add it with 'milvus-tls certs issue --client " + client + "'")
            .build();
      }
    }
  }

  private static String names(DirectoryState state, LeafRole role) {
    String names =
        state.leaves().stream()
            .filter(leaf -> leaf.role() == role)
            .map(LeafEntry::name)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "none" : names;
  }

  private static String text(List<HostName> names) {
    return names.stream().map(HostName::value).collect(Collectors.joining(", "));
  }
}
