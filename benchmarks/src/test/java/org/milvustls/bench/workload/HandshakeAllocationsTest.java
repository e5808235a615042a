package org.milvustls.bench.workload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** What a handshake allocates, held against a committed list; see docs/counts.md. */
class HandshakeAllocationsTest {
  private static final String BASELINE = "handshake-allocations.csv";
  private static final int JAVA = 17;

  /** Numbers of a signature and hash tables differ a little from run to run: up to 0.4 % seen. */
  private static final double TOLERANCE_PERCENT = 1.5;

  @Test
  void every_handshake_allocates_what_the_committed_list_says() throws IOException {
    assumeTrue(
        Runtime.version().feature() == JAVA,
        "the list is of Java " + JAVA + ": the code of other releases allocates otherwise");
    List<String> now = measured();
    Files.write(Path.of("target", BASELINE), now);
    List<String> before = baseline();

    assertThat(now).hasSameSizeAs(before);
    SoftAssertions soft = new SoftAssertions();
    for (int i = 1; i < now.size(); i++) {
      compare(soft, before.get(i).split(",", -1), now.get(i).split(",", -1));
    }
    soft.assertAll();
  }

  private static void compare(SoftAssertions soft, String[] before, String[] now) {
    soft.assertThat(now[0]).isEqualTo(before[0]);
    boolean allNatives =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    if (now.length < before.length && !allNatives) {
      return;
    }
    soft.assertThat(now).as(now[0]).hasSameSizeAs(before);
    for (int side = 1; side < Math.min(now.length, before.length); side++) {
      soft.assertThat(Long.parseLong(now[side]))
          .as("%s, %s; wanted? then take target/%s", now[0], HandshakeAllocations.HEADER, BASELINE)
          .isCloseTo(Long.parseLong(before[side]), withinPercentage(TOLERANCE_PERCENT));
    }
  }

  private static List<String> measured() {
    List<String> flags =
        List.of("-XX:TieredStopAtLevel=1", "--add-exports=java.base/sun.security.jca=ALL-UNNAMED");
    try (JavaChild child = JavaChild.start(HandshakeAllocations.class, flags, List.of())) {
      List<String> lines = new ArrayList<>(List.of(HandshakeAllocations.HEADER));
      HandshakeAllocations.cells().forEach(cell -> lines.add(child.line()));
      return lines;
    }
  }

  private static List<String> baseline() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(HandshakeAllocationsTest.class.getResourceAsStream(BASELINE))) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }
}
