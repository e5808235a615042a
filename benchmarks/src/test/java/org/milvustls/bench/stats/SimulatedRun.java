package org.milvustls.bench.stats;

import java.util.Random;

/**
 * Forks whose truth is known. Arm and baseline go through {@link Cycles} and {@link Estimate} as
 * measured ones do; a drift of 30 % that both share is in all of them.
 *
 * @param spread how much they scatter
 * @param shape how they scatter
 * @param forks JVMs
 * @param roles server rotations that the forks go round
 * @param cycles of each fork
 */
record SimulatedRun(Spread spread, Shape shape, int forks, int roles, int cycles) {

  /** How forks and cycles scatter; all forks have mean 0 and standard deviation 1. */
  enum Shape {
    /** Everything normal. */
    NORMAL,
    /** Forks are exponential: now and then one is slow. */
    SKEWED_FORKS,
    /** One cycle in ten has four times the spread. */
    HEAVY_TAILED_CYCLES,
    /** One cycle of the arm in twenty takes half as long again, as with a collection. */
    OUTLIERS,
    /** The spread of the cycles differs between forks, from half to twice. */
    UNEQUAL_FORKS;

    double fork(Random random) {
      return this == SKEWED_FORKS ? -Math.log(1 - random.nextDouble()) - 1 : random.nextGaussian();
    }

    double cycle(Random random) {
      boolean wide = this == HEAVY_TAILED_CYCLES && random.nextInt(10) == 0;
      return random.nextGaussian() * (wide ? 4 : 1);
    }

    double scale(Random random) {
      return this == UNEQUAL_FORKS ? Math.pow(4, random.nextDouble() - 0.5) : 1;
    }

    double outlier(Random random) {
      return this == OUTLIERS && random.nextInt(20) == 0 ? Math.log(1.5) : 0;
    }

    /** What the outliers add to the true mean of the log-ratio. */
    double bias() {
      return this == OUTLIERS ? Math.log(1.5) / 20 : 0;
    }
  }

  /** One run. The estimate's truth is {@code logRatio}. */
  Estimate estimate(double logRatio, Random random) {
    double[] servers = servers(random);
    double[] values = new double[forks];
    int[] role = new int[forks];
    for (int fork = 0; fork < forks; fork++) {
      role[fork] = fork % roles;
      double own = spread.betweenForks() * shape.fork(random) + servers[role[fork]];
      values[fork] = fork(logRatio - shape.bias() + own, random).logRatio();
    }
    return Estimate.of(values, role);
  }

  /** Roles differ, and the design averages them out: they sum to 0. */
  private double[] servers(Random random) {
    double[] servers = new double[roles];
    for (int role = 0; role < roles; role++) {
      servers[role] = spread.betweenRoles() * random.nextGaussian();
    }
    double mean = Sample.mean(servers);
    for (int role = 0; role < roles; role++) {
      servers[role] -= mean;
    }
    return servers;
  }

  private Cycles fork(double logRatio, Random random) {
    double scale = spread.betweenCycles() / Math.sqrt(2) * shape.scale(random);
    double[] arm = new double[cycles];
    double[] baseline = new double[cycles];
    for (int cycle = 0; cycle < cycles; cycle++) {
      double shared = 2e6 * (1 + 0.3 * cycle / cycles);
      baseline[cycle] = shared * Math.exp(scale * shape.cycle(random));
      double extra = scale * shape.cycle(random) + shape.outlier(random);
      arm[cycle] = shared * Math.exp(logRatio + extra);
    }
    return Cycles.of(arm, baseline);
  }
}
