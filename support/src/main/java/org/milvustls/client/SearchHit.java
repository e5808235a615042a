package org.milvustls.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One neighbour.
 *
 * @param id primary key, a {@code Long} or a {@code String}
 * @param score distance or similarity, by the metric of the index
 * @param fields the requested fields
 */
public record SearchHit(Object id, float score, Map<String, Object> fields) {
  public SearchHit {
    Objects.requireNonNull(id, "id");
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }
}
