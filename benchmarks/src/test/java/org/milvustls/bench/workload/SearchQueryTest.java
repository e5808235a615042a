package org.milvustls.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.v2.service.vector.response.SearchResp;
import io.milvus.v2.service.vector.response.SearchResp.SearchResult;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SearchQueryTest {
  private static final List<Long> EXPECTED = LongStream.range(0, 100).boxed().toList();

  private static SearchResp answer(LongStream ids, int dimension) {
    List<SearchResult> results =
        ids.mapToObj(
                id ->
                    SearchResult.builder()
                        .id(id)
                        .entity(Map.of(SearchQuery.VECTOR, Collections.nCopies(dimension, 0.5f)))
                        .build())
            .toList();
    return SearchResp.builder().searchResults(List.of(results)).build();
  }

  @Test
  void takes_the_answer_that_was_expected() {
    assertThatCode(
            () -> SearchQuery.SMALL.check(answer(LongStream.range(0, 10), 0), List.of(EXPECTED), 4))
        .doesNotThrowAnyException();
    assertThatCode(
            () ->
                SearchQuery.WITH_VECTORS.check(
                    answer(LongStream.range(0, 100), 4), List.of(EXPECTED), 4))
        .doesNotThrowAnyException();
  }

  @Test
  void refuses_other_ids() {
    assertThatThrownBy(
            () -> SearchQuery.SMALL.check(answer(LongStream.range(1, 11), 0), List.of(EXPECTED), 4))
        .hasMessageContaining("another answer than the plaintext server's")
        .hasMessageContaining("expected [0, 1, 2")
        .hasMessageContaining("got [1, 2, 3");
  }

  @Test
  void refuses_the_same_ids_in_another_order() {
    LongStream swapped = LongStream.of(1, 0, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThatThrownBy(() -> SearchQuery.SMALL.check(answer(swapped, 0), List.of(EXPECTED), 4))
        .hasMessageContaining("got [1, 0, 2");
  }

  @Test
  void refuses_fewer_results() {
    assertThatThrownBy(
            () -> SearchQuery.SMALL.check(answer(LongStream.range(0, 9), 0), List.of(EXPECTED), 4))
        .hasMessage("asked for one list of 10 results, got [9]");
  }

  @Test
  void several_queries_in_one_call_have_a_list_each() {
    SearchResp one = answer(LongStream.range(0, 10), 0);
    SearchResp two =
        SearchResp.builder()
            .searchResults(
                List.of(
                    one.getSearchResults().get(0),
                    answer(LongStream.range(1, 11), 0).getSearchResults().get(0)))
            .build();
    SearchQuery query = SearchQuery.ofMany(2);

    assertThatThrownBy(() -> query.check(one, List.of(EXPECTED, EXPECTED), 4))
        .hasMessage("asked for 2 lists of 10 results, got [10]");
    assertThatThrownBy(() -> query.check(two, List.of(EXPECTED, EXPECTED), 4))
        .hasMessageContaining("got [1, 2, 3");
    assertThatCode(() -> query.check(two, List.of(EXPECTED, EXPECTED.subList(1, 20)), 4))
        .doesNotThrowAnyException();
  }

  @Test
  void refuses_vectors_of_another_dimension() {
    assertThatThrownBy(
            () ->
                SearchQuery.WITH_VECTORS.check(
                    answer(LongStream.range(0, 100), 3), List.of(EXPECTED), 4))
        .hasMessage("result 0 came without its vector of dimension 4: 3 numbers");
  }

  @Test
  void the_same_seed_makes_the_same_vectors() {
    CollectionSpec spec = new CollectionSpec("c", 100, 8, 5, Optional.empty());
    CollectionSpec other = new CollectionSpec("c", 100, 8, 6, Optional.empty());

    assertThat(new Vectors(spec).stored(3)).isEqualTo(new Vectors(spec).stored(3));
    assertThat(new Vectors(spec).stored(3)).isNotEqualTo(new Vectors(spec).stored(4));
    assertThat(new Vectors(spec).stored(3)).isNotEqualTo(new Vectors(other).stored(3));
    assertThat(new Vectors(spec).query(0)).hasSize(8);
  }

  @Test
  void recall_is_the_share_of_true_neighbours() {
    CollectionSpec spec = new CollectionSpec("c", 10, 8, 5, Optional.empty());
    Vectors vectors = new Vectors(spec);
    List<Long> all = LongStream.range(0, 10).boxed().toList();
    List<Long> half = LongStream.of(0, 1, 2, 3, 4, 90, 91, 92, 93, 94).boxed().toList();

    assertThat(Recall.of(spec, vectors, List.of(all, half))).isEqualTo(0.75);
  }
}
