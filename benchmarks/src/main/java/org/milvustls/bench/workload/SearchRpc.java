package org.milvustls.bench.workload;

import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.response.SearchResp;
import java.util.ArrayList;
import java.util.List;

/**
 * A search: L2, nprobe 10. The queries are built in advance and sent in turn. The ids of each
 * answer must equal those of the plaintext server.
 */
final class SearchRpc implements Rpc {
  private final CollectionSpec collection;
  private final SearchQuery query;
  private final List<SearchReq> requests = new ArrayList<>();
  private final List<List<List<Long>>> expected = new ArrayList<>();

  SearchRpc(CollectionSpec collection, SearchQuery query) {
    this.collection = collection;
    this.query = query;
    List<List<Long>> ids = Answers.of(collection).ids();
    Vectors vectors = new Vectors(collection);
    for (int first = 0; first + query.queries() <= Vectors.QUERIES; first += query.queries()) {
      List<float[]> asked = new ArrayList<>();
      for (int i = first; i < first + query.queries(); i++) {
        asked.add(vectors.query(i));
      }
      requests.add(query.request(collection, asked));
      expected.add(ids.subList(first, first + query.queries()));
    }
  }

  @Override
  public int requests() {
    return requests.size();
  }

  @Override
  public long call(MilvusClientV2 client, int number) {
    SearchReq request = requests.get(number);
    long start = System.nanoTime();
    SearchResp answer = client.search(request);
    long took = System.nanoTime() - start;
    query.check(answer, expected.get(number), collection.dimension());
    return took;
  }
}
