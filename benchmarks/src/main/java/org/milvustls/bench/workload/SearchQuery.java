package org.milvustls.bench.workload;

import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.data.BaseVector;
import io.milvus.v2.service.vector.request.data.FloatVec;
import io.milvus.v2.service.vector.response.SearchResp;
import io.milvus.v2.service.vector.response.SearchResp.SearchResult;
import java.util.List;
import java.util.Map;

/**
 * A kind of search: builds the request and checks the answer. Uses consistency EVENTUALLY, because
 * STRONG waits about 200 ms for the server's clock.
 *
 * @param queries number of queries in one call (nq)
 * @param limit number of ids for each query
 * @param vectors whether the answer contains the vectors
 */
record SearchQuery(int queries, int limit, boolean vectors) {
  static final String ID = "id";
  static final String VECTOR = "vector";
  static final int NPROBE = 10;

  /** Ten ids and their distances. */
  static final SearchQuery SMALL = new SearchQuery(1, 10, false);

  /** A hundred ids, their distances and their vectors. */
  static final SearchQuery WITH_VECTORS = new SearchQuery(1, 100, true);

  /** Ten ids, their distances and their vectors. */
  static final SearchQuery TEN_WITH_VECTORS = new SearchQuery(1, 10, true);

  /** Ids only, as many as the largest other kind needs. */
  static final SearchQuery ALL_IDS = new SearchQuery(1, 100, false);

  /** Ten ids and their distances for each of several queries. */
  static SearchQuery ofMany(int queries) {
    return new SearchQuery(queries, 10, false);
  }

  SearchReq request(CollectionSpec spec, List<float[]> asked) {
    return SearchReq.builder()
        .collectionName(spec.name())
        .annsField(VECTOR)
        .metricType(IndexParam.MetricType.L2)
        .data(asked.stream().<BaseVector>map(FloatVec::new).toList())
        .limit(limit)
        .searchParams(Map.of("nprobe", NPROBE))
        .outputFields(vectors ? List.of(VECTOR) : List.of())
        .consistencyLevel(ConsistencyLevel.EVENTUALLY)
        .build();
  }

  /** The ids of an answer, nearest first. */
  static List<Long> ids(SearchResp answer) {
    return answer.getSearchResults().stream()
        .flatMap(List::stream)
        .map(result -> (Long) result.getId())
        .toList();
  }

  /**
   * Throws when the answer differs from the expected one.
   *
   * @param expected ids of each query, at least as many as asked for
   */
  void check(SearchResp answer, List<List<Long>> expected, int dimension) {
    List<List<SearchResult>> lists = answer.getSearchResults();
    if (lists.size() != queries || lists.stream().anyMatch(list -> list.size() != limit)) {
      throw new WorkloadException(
          "asked for "
              + (queries == 1 ? "one list" : queries + " lists")
              + " of "
              + limit
              + " results, got "
              + lists.stream().map(List::size).toList());
    }
    for (int query = 0; query < queries; query++) {
      check(lists.get(query), expected.get(query), dimension);
    }
  }

  private void check(List<SearchResult> results, List<Long> expected, int dimension) {
    for (int i = 0; i < limit; i++) {
      if (!expected.get(i).equals(results.get(i).getId())) {
        throw new WorkloadException(
            "another answer than the plaintext server's: expected "
                + expected.subList(0, limit)
                + ", got "
                + results.stream().map(SearchResult::getId).toList());
      }
      if (vectors) {
        checkVector(results.get(i), dimension);
      }
    }
  }

  private static void checkVector(SearchResult result, int dimension) {
    Object vector = result.getEntity().get(VECTOR);
    if (!(vector instanceof List<?> numbers) || numbers.size() != dimension) {
      throw new WorkloadException(
          "result "
              + result.getId()
              + " came without its vector of dimension "
              + dimension
              + ": "
              + (vector instanceof List<?> list ? list.size() + " numbers" : vector));
    }
  }
}
