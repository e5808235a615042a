package org.milvustls.client;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.milvustls.MilvusTlsException;

/** Vectors from text and from chance. */
public final class Vectors {
  private Vectors() {}

  /** Numbers separated by commas or white space, with or without brackets, as JSON has them. */
  public static List<Float> parse(String text) {
    List<String> words =
        Arrays.stream(text.replace('[', ' ').replace(']', ' ').trim().split("[,\\s]+"))
            .filter(word -> !word.isEmpty())
            .toList();
    if (words.isEmpty()) {
      throw MilvusTlsException.usage("no number in the vector")
          .allowed("[0.1, 0.2, ...] or 0.1 0.2 ...")
          .build();
    }
    return words.stream().map(Vectors::number).toList();
  }

  /** Independent numbers between 0 and 1. */
  public static List<Float> random(int dimension, RandomGenerator random) {
    return Stream.generate(random::nextFloat).limit(dimension).toList();
  }

  private static Float number(String word) {
    try {
      return Float.valueOf(word);
    } catch (NumberFormatException e) {
      throw MilvusTlsException.usage("not a number in the vector")
          .seen(word)
          .allowed("[0.1, 0.2, ...] or 0.1 0.2 ...")
          .cause(e)
          .build();
    }
  }
}
