package org.milvustls.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A service that searches, run by itself in a JVM with what a client needs and nothing else. */
final class MinimalSearch {
  private MinimalSearch() {}

  /** Connects as the environment says, and prints the nearest hit and what protected the call. */
  public static void main(String[] args) {
    ConnectionSettings settings =
        ConnectionEnvironment.load(Map.of(), System.getenv(), Path.of("")).settings();
    try (MilvusSearch search = MilvusSearch.open(settings)) {
      List<SearchHit> hits =
          search.search(SearchQuery.builder(args[0], List.of(0f, 3f)).limit(1).build());
      System.out.println(
          "hit " + hits.get(0).id() + " over " + search.connection().negotiated().orElseThrow());
    }
  }
}
