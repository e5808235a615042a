package org.milvustls.client;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.milvustls.MilvusTlsException;

/** Makes vectors from text or at random. */
public final class Vectors {
  private static final int SHOWN = 40;
  private static final Pattern SEPARATOR = Pattern.compile("\\s*,\\s*|\\s+");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private Vectors() {}

  /**
   * One vector: numbers separated by commas or white space, with or without brackets around them,
   * as JSON has them.
   */
  public static List<Float> parse(String text) {
    String body = text.strip();
    boolean opened = body.startsWith("[");
    boolean closed = body.endsWith("]");
    String inside = body.substring(opened ? 1 : 0, body.length() - (closed ? 1 : 0)).strip();
    if (opened != closed || inside.contains("[") || inside.contains("]")) {
      String shown = body.length() <= SHOWN ? body : body.substring(0, SHOWN) + "...";
      throw refused("the text is not one vector: its brackets do not match", shown);
    }
    if (inside.isEmpty()) {
      throw refused("no number in the vector", text.strip());
    }
    return Arrays.stream(SEPARATOR.split(inside, -1)).map(Vectors::number).toList();
  }

  /** Independent numbers between 0 and 1. */
  public static List<Float> random(int dimension, RandomGenerator random) {
    return Stream.generate(random::nextFloat).limit(dimension).toList();
  }

  private static Float number(String word) {
    if (!NUMBER.matcher(word).matches()) {
      throw refused("not a number in the vector", word);
    }
    float number = Float.parseFloat(word);
    if (Float.isInfinite(number)) {
      throw refused("a number of the vector is too large for 32 bits", word);
    }
    return number;
  }

  private static MilvusTlsException refused(String why, String seen) {
    return MilvusTlsException.usage(why)
        .seen(seen)
        .allowed("[0.1, 0.2, ...] or 0.1 0.2 ...")
        .build();
  }
}
