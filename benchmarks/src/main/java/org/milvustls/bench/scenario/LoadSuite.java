package org.milvustls.bench.scenario;

import static org.milvustls.bench.scenario.ClientProvider.BORINGSSL;
import static org.milvustls.bench.scenario.ClientProvider.JDK;
import static org.milvustls.tls.TlsMode.MUTUAL;
import static org.milvustls.tls.TlsMode.SERVER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.milvustls.bench.scenario.Cell.Tls;

/** Searches under open-loop load at fixed rates. Its only panel is a {@link LoadPanel}. */
final class LoadSuite extends SuiteDescriptor {
  /**
   * The amount of measurement.
   *
   * @param forks JVMs
   * @param window time of each rate for each arm
   */
  record LoadAmount(int forks, Duration window) {}

  LoadSuite() {
    super("load", "searches at a held rate (open loop)", 1);
  }

  @Override
  String subject(String arm) {
    return "a search over " + arm;
  }

  @Override
  long plantedNanos() {
    throw new IllegalStateException("suite load plants no delay");
  }

  /** False in short profiles: open-loop load takes long. */
  @Override
  boolean isDefaultIn(Profile profile) {
    return profile.isThorough();
  }

  @Override
  Profile.Amount amount(Profile profile) {
    throw new IllegalStateException("suite load has amounts of its own");
  }

  static LoadAmount loadAmount(Profile profile) {
    return switch (profile) {
      case SMOKE -> new LoadAmount(2, Duration.ofMillis(500));
      case QUICK -> new LoadAmount(6, Duration.ofMillis(800));
      case FULL -> new LoadAmount(6, Duration.ofMillis(1200));
      case MATRIX -> new LoadAmount(8, Duration.ofSeconds(4));
    };
  }

  /**
   * Longer, because its client waits most of the time and makes fewer calls per second for the JIT.
   */
  @Override
  Duration warmUp(Profile profile) {
    return profile == Profile.SMOKE ? Duration.ZERO : Duration.ofSeconds(24);
  }

  @Override
  List<ComparisonGroup> groups(Profile profile) {
    return List.of();
  }

  /** Plaintext, its control on a server of its own, and TLS; also mutual TLS where time allows. */
  static List<Arm> arms(Profile profile) {
    List<Arm> arms = new ArrayList<>();
    arms.add(Arm.measured(Cell.plaintext(Operation.LOAD)));
    arms.add(Arm.control(Cell.plaintext(Operation.LOAD)));
    arms.add(Arm.measured(Cell.secured(Operation.LOAD, SERVER, Tls.base(JDK))));
    arms.add(Arm.measured(Cell.secured(Operation.LOAD, SERVER, Tls.base(BORINGSSL))));
    if (profile == Profile.MATRIX) {
      arms.add(Arm.measured(Cell.secured(Operation.LOAD, MUTUAL, Tls.base(JDK))));
      arms.add(Arm.measured(Cell.secured(Operation.LOAD, MUTUAL, Tls.base(BORINGSSL))));
    }
    return List.copyOf(arms);
  }
}
