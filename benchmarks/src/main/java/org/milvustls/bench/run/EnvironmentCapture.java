package org.milvustls.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.milvustls.bench.result.Environment;
import org.milvustls.bench.result.Environment.Jvm;
import org.milvustls.bench.result.Environment.Load;
import org.milvustls.bench.result.Environment.Machine;
import org.milvustls.bench.scenario.LoadPanel;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Suite;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.HardwareAbstractionLayer;

/**
 * Reads the facts about the machine that matter for the numbers, with OSHI where possible,
 * otherwise from Linux.
 */
final class EnvironmentCapture {
  private static final List<String> FLAGS =
      List.of(
          "aes",
          "vaes",
          "pclmulqdq",
          "vpclmulqdq",
          "avx",
          "avx2",
          "avx512f",
          "sha_ni",
          "bmi2",
          "adx",
          "pmull",
          "sha2");

  private static final double BUSY = 0.1;
  private static final double STEAL = 0.01;
  private static final long WATCH_MILLIS = 500;

  /** Version 1 writes "no limit" as the largest multiple of a page: 19 digits. */
  private static final int UNLIMITED_DIGITS = 19;

  private final Path systemRoot;
  private final HardwareAbstractionLayer hardware;
  private final oshi.software.os.OperatingSystem os;

  EnvironmentCapture() {
    this(Path.of("/"), new SystemInfo());
  }

  /** For tests: {@code systemRoot} stands for the root of {@code /proc} and {@code /sys}. */
  EnvironmentCapture(Path systemRoot, SystemInfo system) {
    this.systemRoot = systemRoot;
    this.hardware = system.getHardware();
    this.os = system.getOperatingSystem();
  }

  /**
   * The environment before the first fork; watches the machine for half a second.
   *
   * @param milvus kind and version of the servers
   * @param settings of Milvus, beside its defaults
   * @param biases known biases, added to the warnings
   */
  Environment before(
      Plan plan, Optional<String> milvus, Map<String, String> settings, List<String> biases) {
    Machine machine = machine();
    Load load = load(true);
    Map<String, List<String>> flags = new LinkedHashMap<>();
    for (Panel panel : plan.panels()) {
      flags.put(panel.name(), ForkJvm.flags(panel.suite()));
    }
    plan.load().ifPresent(rates -> flags.put(LoadPanel.NAME, ForkJvm.flags(Suite.LOAD)));
    return new Environment(
        Environment.SCHEMA,
        machine,
        new Jvm(
            System.getProperty("java.vm.name") + ", " + System.getProperty("java.vendor"),
            System.getProperty("java.runtime.version"),
            flags),
        Libraries.versions(),
        milvus,
        settings,
        List.of(),
        Optional.empty(),
        load,
        Optional.empty(),
        Stream.concat(biases.stream(), warnings(machine, load).stream()).toList());
  }

  /** The same with the load at the end. */
  Environment after(Environment before) {
    return before.ending(load(false));
  }

  Machine machine() {
    CentralProcessor processor = hardware.getProcessor();
    String virtual = os.getFamily() == null ? "" : hypervisor();
    return new Machine(
        processor.getProcessorIdentifier().getName().trim(),
        cpuFlags(),
        Runtime.getRuntime().availableProcessors(),
        hardware.getMemory().getTotal(),
        os.getFamily() + " " + os.getVersionInfo(),
        System.getProperty("os.version"),
        read("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
        Optional.of(virtual).filter(name -> !name.isEmpty()),
        containerLimits(),
        read("proc/sys/net/ipv4/tcp_tw_reuse"));
  }

  private String hypervisor() {
    boolean flagged = cpuInfo("flags").map(flags -> flags.contains("hypervisor")).orElse(false);
    return read("sys/class/dmi/id/product_name")
        .filter(name -> flagged)
        .orElse(flagged ? "unnamed" : "");
  }

  private List<String> cpuFlags() {
    List<String> all =
        cpuInfo("flags")
            .or(() -> cpuInfo("Features"))
            .map(line -> Arrays.asList(line.split(" ")))
            .orElse(List.of());
    return FLAGS.stream().filter(all::contains).toList();
  }

  private Optional<String> cpuInfo(String key) {
    return read("proc/cpuinfo")
        .flatMap(
            text ->
                text.lines()
                    .filter(line -> line.startsWith(key) && line.contains(":"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim()));
  }

  /** Limits of control groups, version 2, then version 1; without limits that have no effect. */
  private List<String> containerLimits() {
    List<String> limits = new ArrayList<>();
    limit("cpu.max", value -> !value.startsWith("max")).ifPresent(limits::add);
    limit("memory.max", value -> !value.equals("max")).ifPresent(limits::add);
    limit("cpu/cpu.cfs_quota_us", value -> !value.startsWith("-")).ifPresent(limits::add);
    limit("memory/memory.limit_in_bytes", value -> value.length() < UNLIMITED_DIGITS)
        .ifPresent(limits::add);
    return List.copyOf(limits);
  }

  private Optional<String> limit(String name, Predicate<String> limits) {
    return read("sys/fs/cgroup/" + name)
        .filter(limits)
        .map(value -> name.substring(name.indexOf('/') + 1) + " " + value);
  }

  private Optional<String> read(String file) {
    try {
      return Optional.of(Files.readString(systemRoot.resolve(file)).trim());
    } catch (IOException | RuntimeException e) {
      // Not this system, or not readable here: absent.
      return Optional.empty();
    }
  }

  private Load load(boolean watch) {
    CentralProcessor processor = hardware.getProcessor();
    double average = processor.getSystemLoadAverage(1)[0];
    Optional<Double> busy =
        watch ? Optional.of(processor.getSystemCpuLoad(WATCH_MILLIS)) : Optional.empty();
    long[] ticks = processor.getSystemCpuLoadTicks();
    double all = Math.max(1, Arrays.stream(ticks).sum());
    return new Load(
        average < 0 ? Optional.empty() : Optional.of(average),
        busy,
        ticks[TickType.STEAL.getIndex()] / all,
        hardware.getMemory().getVirtualMemory().getSwapUsed());
  }

  static List<String> warnings(Machine machine, Load load) {
    List<String> warnings = new ArrayList<>();
    if (machine.cores() < 4) {
      warnings.add(
          "only "
              + machine.cores()
              + " cores: client, server and the system share them, so intervals are wider");
    }
    load.busyShare()
        .filter(busy -> busy > BUSY)
        .ifPresent(
            busy ->
                warnings.add(
                    String.format(
                        Locale.ROOT,
                        "other load: %.0f %% of all cores were busy before the run",
                        busy * 100)));
    machine
        .governor()
        .filter(governor -> !governor.equals("performance"))
        .ifPresent(
            governor ->
                warnings.add("the frequency governor is " + governor + ", not performance"));
    if (load.stealShare() > STEAL) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the hypervisor has taken %.1f %% of the time since boot (steal)",
              load.stealShare() * 100));
    }
    if (load.swapUsedBytes() > 0) {
      warnings.add("swap is in use: " + load.swapUsedBytes() / 1_000_000 + " MB");
    }
    return List.copyOf(warnings);
  }
}
