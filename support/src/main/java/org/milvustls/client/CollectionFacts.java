package org.milvustls.client;

import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.IndexParam.MetricType;
import io.milvus.v2.exception.MilvusClientException;
import io.milvus.v2.service.collection.request.CreateCollectionReq.FieldSchema;
import io.milvus.v2.service.collection.request.DescribeCollectionReq;
import io.milvus.v2.service.collection.request.GetLoadStateReq;
import io.milvus.v2.service.collection.request.HasCollectionReq;
import io.milvus.v2.service.collection.response.DescribeCollectionResp;
import io.milvus.v2.service.index.request.DescribeIndexReq;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.milvustls.MilvusTlsException;

/** Reads the facts of a collection, to explain why it does not answer a query. */
final class CollectionFacts {
  private final MilvusClientV2 client;
  private final String collection;

  CollectionFacts(MilvusClientV2 client, String collection) {
    this.client = client;
    this.collection = collection;
  }

  int dimension(Optional<String> field) {
    requireKnown();
    return vectorField(field).getDimension();
  }

  /** The reason for a refused search; the server's message where none is found. */
  MilvusTlsException explain(SearchQuery query, MilvusClientException refused) {
    try {
      requireKnown();
      FieldSchema field = vectorField(query.field());
      int dimension = field.getDimension();
      if (dimension != query.vector().size()) {
        return MilvusTlsException.usage("the vector has another dimension than the collection")
            .seen(query.vector().size())
            .allowed(dimension + " (field " + field.getName() + " of " + collection + ")")
            .cause(refused)
            .build();
      }
      if (!client.getLoadState(GetLoadStateReq.builder().collectionName(collection).build())) {
        return MilvusTlsException.failure("the collection is not loaded into memory")
            .seen(collection)
            .next("load it once: client().loadCollection(...); it stays loaded over restarts")
            .cause(refused)
            .build();
      }
      Optional<MilvusTlsException> metric = metric(query, field.getName(), refused);
      if (metric.isPresent()) {
        return metric.get();
      }
    } catch (MilvusTlsException found) {
      return found;
    } catch (RuntimeException notToBeAsked) {
      refused.addSuppressed(notToBeAsked);
    }
    return MilvusTlsException.failure("Milvus refused the search: " + refused.getMessage())
        .seen(collection)
        .next("check filter, output fields and parameters of the query")
        .cause(refused)
        .build();
  }

  private Optional<MilvusTlsException> metric(
      SearchQuery query, String field, MilvusClientException refused) {
    MetricType ofIndex =
        client
            .describeIndex(
                DescribeIndexReq.builder().collectionName(collection).fieldName(field).build())
            .getIndexDescByFieldName(field)
            .getMetricType();
    return query
        .metric()
        .filter(asked -> !asked.toUpperCase(Locale.ROOT).equals(ofIndex.name()))
        .map(
            asked ->
                MilvusTlsException.usage("the index was built for another metric")
                    .seen(asked)
                    .allowed(ofIndex.name() + ", or none: then it is taken from the index")
                    .cause(refused)
                    .build());
  }

  private void requireKnown() {
    if (!client.hasCollection(HasCollectionReq.builder().collectionName(collection).build())) {
      List<String> known = client.listCollections().getCollectionNames();
      throw MilvusTlsException.usage("no such collection")
          .seen(collection)
          .allowed(known.isEmpty() ? "none, the database is empty" : String.join(", ", known))
          .next("check the name and the database")
          .build();
    }
  }

  private FieldSchema vectorField(Optional<String> asked) {
    DescribeCollectionResp facts =
        client.describeCollection(
            DescribeCollectionReq.builder().collectionName(collection).build());
    List<String> names = facts.getVectorFieldNames();
    boolean found = asked.map(names::contains).orElse(names.size() == 1);
    if (!found) {
      throw MilvusTlsException.usage("which vector field of " + collection + " is meant?")
          .seen(asked.orElse("none given"))
          .allowed(String.join(", ", names))
          .build();
    }
    String name = asked.orElse(names.get(0));
    return Objects.requireNonNull(facts.getCollectionSchema().getField(name), name);
  }
}
