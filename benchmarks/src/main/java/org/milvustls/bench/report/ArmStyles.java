package org.milvustls.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.Plan;

/**
 * The style of each arm, the same in every chart of a run. The colour shows the provider; strokes
 * and markers show its different settings, so that nothing depends on colour alone.
 */
final class ArmStyles {
  private static final Color PLAINTEXT = new Color(0x00, 0x9e, 0x73);
  private static final Color UNKNOWN = new Color(0x77, 0x77, 0x77);

  private static final float[][] DASHES = {{1, 0}, {9, 5}, {2, 4}, {12, 4, 2, 4}, {5, 3}};
  private static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE,
    SeriesMarkers.SQUARE,
    SeriesMarkers.TRIANGLE_UP,
    SeriesMarkers.DIAMOND,
    SeriesMarkers.TRIANGLE_DOWN
  };

  /**
   * The style of a line.
   *
   * @param color of the provider
   * @param variant of stroke and marker
   */
  record Look(Color color, int variant) {
    BasicStroke stroke() {
      float[] dash = DASHES[variant % DASHES.length];
      return new BasicStroke(2.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
    }

    Marker marker() {
      return MARKERS[variant % MARKERS.length];
    }

    /** The same colour with another stroke and marker. */
    Look variant(int other) {
      return new Look(color, other);
    }
  }

  private final Map<String, Look> looks = new HashMap<>();

  ArmStyles(Plan plan) {
    Map<Color, Map<String, Integer>> variants = new HashMap<>();
    for (Arm arm : plan.arms()) {
      Color color = color(arm.cell());
      Map<String, Integer> seen = variants.computeIfAbsent(color, c -> new LinkedHashMap<>());
      int next = seen.size();
      int variant = seen.computeIfAbsent(settings(arm.cell()), s -> next);
      looks.put(arm.name(), new Look(color, variant));
    }
  }

  /**
   * All settings without the operation, so that one arm looks the same in every suite. Where a
   * suite has a second operation, the text includes it.
   */
  private static String settings(Cell cell) {
    boolean second = !cell.operation().words().isEmpty();
    return second ? cell.name() : cell.name().substring(cell.operation().id().length());
  }

  private static Color color(Cell cell) {
    return cell.tls().map(tls -> new Color(tls.provider().color())).orElse(PLAINTEXT);
  }

  Look look(String arm) {
    return Objects.requireNonNull(looks.getOrDefault(arm, new Look(UNKNOWN, 0)));
  }

  Color color(String arm) {
    return look(arm).color();
  }
}
