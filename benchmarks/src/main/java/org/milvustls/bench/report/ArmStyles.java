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
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.Plan;

/**
 * How an arm is drawn, in every chart of a run alike. The colour says the provider (Okabe and Ito's
 * palette, told apart with any colour vision); strokes and markers tell apart what one provider
 * does with different settings, so that nothing depends on colour alone.
 */
final class ArmStyles {
  private static final Color JDK = new Color(0xd5, 0x5e, 0x00);
  private static final Color BORINGSSL = new Color(0x00, 0x72, 0xb2);
  private static final Color BORINGSSL_SDK = new Color(0x56, 0xb4, 0xe9);
  private static final Color JDK_ACCP = new Color(0xe6, 0x9f, 0x00);
  private static final Color CONSCRYPT = new Color(0xcc, 0x79, 0xa7);
  private static final Color BOUNCY_CASTLE = new Color(0x7a, 0x5c, 0x2e);
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
   * How a line looks.
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
   * Everything but the operation, so that one arm looks the same in every suite; where a suite has
   * a second operation, that too.
   */
  private static String settings(Cell cell) {
    boolean second = !cell.operation().words().isEmpty();
    return second ? cell.name() : cell.name().substring(cell.operation().id().length());
  }

  private static Color color(Cell cell) {
    return cell.tls().map(tls -> color(tls.provider())).orElse(PLAINTEXT);
  }

  private static Color color(ClientProvider provider) {
    return switch (provider) {
      case JDK -> JDK;
      case BORINGSSL -> BORINGSSL;
      case BORINGSSL_SDK -> BORINGSSL_SDK;
      case JDK_ACCP -> JDK_ACCP;
      case CONSCRYPT -> CONSCRYPT;
      case BOUNCY_CASTLE -> BOUNCY_CASTLE;
    };
  }

  Look look(String arm) {
    return Objects.requireNonNull(looks.getOrDefault(arm, new Look(UNKNOWN, 0)));
  }

  Color color(String arm) {
    return look(arm).color();
  }
}
