package org.milvustls.bench.scenario;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.milvustls.MilvusTlsException;

/** Finds constants by the names that people type; an unknown name lists the valid ones. */
final class Names {
  private Names() {}

  static <T> T find(String what, T[] values, Function<T, String> id, String name) {
    return Arrays.stream(values)
        .filter(value -> id.apply(value).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                MilvusTlsException.usage("unknown " + what)
                    .seen(name)
                    .allowed(Arrays.stream(values).map(id).collect(Collectors.joining(", ")))
                    .build());
  }
}
