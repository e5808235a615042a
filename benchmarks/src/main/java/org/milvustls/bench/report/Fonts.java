package org.milvustls.bench.report;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * Tests whether this JVM can draw text. A headless JDK can lack what it takes: libfreetype,
 * fontconfig, or any font.
 */
final class Fonts {
  private static final Optional<String> OBSTACLE = obstacle();

  private Fonts() {}

  /** Why no chart can be drawn, with the next step; empty when charts can be drawn. */
  static Optional<String> missing() {
    return OBSTACLE;
  }

  private static Optional<String> obstacle() {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      graphics.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 12)).stringWidth("text");
      return Optional.empty();
    } catch (LinkageError | InternalError | RuntimeException e) {
      return Optional.of(
          "no charts are drawn: this JVM finds no fonts ("
              + e
              + "); install fontconfig and a font, such as Debian's fontconfig and"
              + " fonts-dejavu-core, then draw the report again");
    } finally {
      graphics.dispose();
    }
  }
}
