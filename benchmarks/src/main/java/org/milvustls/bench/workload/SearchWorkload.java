package org.milvustls.bench.workload;

import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.response.SearchResp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.milvustls.bench.result.Measurement.Wire;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.client.MilvusConnector;
import org.milvustls.client.SecureMilvus;
import org.milvustls.tls.NegotiatedSession;

/**
 * A search over an open connection, through the SDK's own client: L2, nprobe 10. The queries are
 * made before and asked in turn; the ids of each answer are held against the plaintext server's,
 * outside of the time.
 */
final class SearchWorkload implements Workload {
  private static final int OBSERVED = 10;

  private final Cell cell;
  private final Endpoint endpoint;
  private final Optional<Credentials> credentials;
  private final CollectionSpec collection;
  private final SearchQuery query;
  private final List<SearchReq> requests;
  private final List<List<Long>> expected;
  private final MilvusConnector connector;
  private final SecureMilvus milvus;
  private int next;

  private SearchWorkload(
      Cell cell,
      Endpoint endpoint,
      Optional<Credentials> credentials,
      CollectionSpec collection,
      SearchQuery query,
      MilvusConnector connector) {
    this.cell = cell;
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.collection = collection;
    this.query = query;
    this.expected = Answers.of(collection).ids();
    this.requests = requests(collection, query);
    this.connector = connector;
    this.milvus = connector.connect();
  }

  static SearchWorkload open(
      Cell cell,
      Endpoint endpoint,
      Optional<Credentials> credentials,
      CollectionSpec collection,
      SearchQuery query) {
    MilvusConnector connector = Connections.connector(cell, endpoint, credentials);
    try {
      return new SearchWorkload(cell, endpoint, credentials, collection, query, connector);
    } catch (RuntimeException e) {
      connector.close();
      throw new WorkloadException(cell + ": " + e.getMessage(), e);
    }
  }

  private static List<SearchReq> requests(CollectionSpec collection, SearchQuery query) {
    Vectors vectors = new Vectors(collection);
    List<SearchReq> requests = new ArrayList<>(Vectors.QUERIES);
    for (int i = 0; i < Vectors.QUERIES; i++) {
      requests.add(query.request(collection, vectors.query(i)));
    }
    return requests;
  }

  @Override
  public Observation observe() {
    Optional<NegotiatedSession> negotiated = milvus.negotiated();
    Facts.requireMode(cell, negotiated);
    perform();
    return new Observation(negotiated, Optional.of(wireOfOneSearch()));
  }

  /** Bytes of a search, from several over a connection of its own. */
  private Wire wireOfOneSearch() {
    try (TcpRelay relay = TcpRelay.to(endpoint);
        MilvusConnector watched = Connections.connector(cell, relay.endpoint(), credentials);
        SecureMilvus open = watched.connect()) {
      search(open.client(), 0);
      Wire before = relay.wire();
      for (int i = 0; i < OBSERVED; i++) {
        search(open.client(), i);
      }
      Wire after = relay.wire();
      return new Wire(
          (after.sent() - before.sent()) / OBSERVED,
          (after.received() - before.received()) / OBSERVED);
    }
  }

  @Override
  public long perform() {
    long took = search(milvus.client(), next);
    next = (next + 1) % requests.size();
    return took;
  }

  private long search(MilvusClientV2 client, int number) {
    SearchReq request = requests.get(number);
    long start = System.nanoTime();
    SearchResp answer = client.search(request);
    long took = System.nanoTime() - start;
    query.check(answer, expected.get(number), collection.dimension());
    return took;
  }

  @Override
  public void close() {
    try {
      milvus.close();
    } finally {
      connector.close();
    }
  }
}
