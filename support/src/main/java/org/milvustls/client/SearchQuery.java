package org.milvustls.client;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;

/**
 * One search for the nearest neighbours of a vector.
 *
 * @param collection name of the collection
 * @param vector query vector
 * @param field vector field; empty: the only one of the collection
 * @param limit largest number of hits
 * @param metric L2, IP or COSINE; empty: that of the index
 * @param parameters of the index, such as {@code nprobe} (IVF) or {@code ef} (HNSW)
 * @param outputFields fields to return with each hit
 * @param filter boolean expression over the fields; empty: none
 * @param consistency STRONG, SESSION, BOUNDED or EVENTUALLY; empty: that of the collection
 */
public record SearchQuery(
    String collection,
    List<Float> vector,
    Optional<String> field,
    int limit,
    Optional<String> metric,
    Map<String, Integer> parameters,
    List<String> outputFields,
    Optional<String> filter,
    Optional<String> consistency) {
  /** The largest number of hits that Milvus returns at once. */
  public static final int MOST_HITS = 16384;

  public SearchQuery {
    Objects.requireNonNull(collection, "collection");
    vector = List.copyOf(vector);
    parameters = Map.copyOf(parameters);
    outputFields = List.copyOf(outputFields);
    if (collection.isBlank()) {
      throw MilvusTlsException.usage("a search needs the name of a collection").build();
    }
    if (vector.isEmpty()) {
      throw MilvusTlsException.usage("a search needs a vector with at least one number").build();
    }
    if (vector.stream().anyMatch(number -> !Float.isFinite(number))) {
      throw MilvusTlsException.usage("a vector holds finite numbers only").build();
    }
    parameters.forEach(
        (name, value) -> {
          if (value < 1) {
            throw MilvusTlsException.usage("not a value for " + name)
                .seen(value)
                .allowed("1 or more")
                .build();
          }
        });
    if (limit < 1 || limit > MOST_HITS) {
      throw MilvusTlsException.usage("not a number of hits")
          .seen(limit)
          .allowed("1 to " + MOST_HITS)
          .build();
    }
  }

  public static Builder builder(String collection, List<Float> vector) {
    return new Builder(collection, vector);
  }

  /** Collects the options; every one has a default. */
  public static final class Builder {
    private final String collection;
    private final List<Float> vector;
    private final Map<String, Integer> parameters = new TreeMap<>();
    private @Nullable String field;
    private int limit = 10;
    private @Nullable String metric;
    private List<String> outputFields = List.of();
    private @Nullable String filter;
    private @Nullable String consistency;

    private Builder(String collection, List<Float> vector) {
      this.collection = collection;
      this.vector = vector;
    }

    public Builder field(String name) {
      this.field = name;
      return this;
    }

    /** Default: 10. */
    public Builder limit(int hits) {
      this.limit = hits;
      return this;
    }

    public Builder metric(String name) {
      this.metric = name;
      return this;
    }

    /** A parameter of the index, such as {@code nprobe}. */
    public Builder parameter(String name, int value) {
      parameters.put(name, value);
      return this;
    }

    public Builder outputFields(List<String> names) {
      this.outputFields = names;
      return this;
    }

    public Builder filter(String expression) {
      this.filter = expression;
      return this;
    }

    public Builder consistency(String level) {
      this.consistency = level;
      return this;
    }

    public SearchQuery build() {
      return new SearchQuery(
          collection,
          vector,
          Optional.ofNullable(field),
          limit,
          Optional.ofNullable(metric),
          parameters,
          outputFields,
          Optional.ofNullable(filter),
          Optional.ofNullable(consistency));
    }
  }
}
