package org.milvustls.bench.result;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.zip.DataFormatException;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * Histograms as text: HdrHistogram with {@link #DIGITS} digits, compressed, Base64. Sums are exact,
 * count by count, so forks and client processes can be stored separately.
 */
public final class Histograms {
  /** Significant digits of every histogram of a run. */
  public static final int DIGITS = 3;

  private Histograms() {}

  /** Encodes a histogram for {@code measurements.jsonl}. */
  public static String encoded(AbstractHistogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  /**
   * Reads what {@link #encoded} wrote.
   *
   * @throws IllegalArgumentException if it is damaged
   */
  public static Histogram decoded(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
      return Histogram.decodeFromCompressedByteBuffer(bytes, 0);
    } catch (DataFormatException | RuntimeException e) {
      throw new IllegalArgumentException("a damaged histogram", e);
    }
  }

  /** All counts of several encoded histograms in one. */
  public static Histogram sum(Collection<String> encoded) {
    Histogram sum = new Histogram(DIGITS);
    encoded.forEach(text -> sum.add(decoded(text)));
    return sum;
  }
}
