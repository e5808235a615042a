package org.milvustls.bench.result;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code environment.json}: the machine, software and settings of a run. Contains no host name,
 * user name or home folder.
 *
 * @param schema {@link #SCHEMA} of the writer
 * @param machine hardware and kernel
 * @param jvm of the harness and the forks: name, version and the forks' flags
 * @param libraries versions of the libraries in use, native ones too
 * @param milvus kind and version of the servers; absent without Milvus
 * @param milvusSettings settings of our own servers, by the name of the environment variable;
 *     without the defaults of Milvus and those of each arm's TLS mode
 * @param searched collections that searches use; empty without searches
 * @param preparation time from the command to the first fork: servers, data, preflight; for a
 *     resumed run, that of its first part
 * @param before load before the first fork
 * @param after load after the last fork; absent in an interrupted run
 * @param warnings problems that spoil a run, in sentences
 */
public record Environment(
    int schema,
    Machine machine,
    Jvm jvm,
    Map<String, String> libraries,
    Optional<String> milvus,
    Map<String, String> milvusSettings,
    List<Searched> searched,
    Optional<Duration> preparation,
    Load before,
    Optional<Load> after,
    List<String> warnings) {

  /** Version of this record. Readers refuse a newer one. */
  public static final int SCHEMA = 1;

  public Environment {
    Objects.requireNonNull(machine, "machine");
    Objects.requireNonNull(jvm, "jvm");
    Objects.requireNonNull(before, "before");
    searched = List.copyOf(searched);
    Objects.requireNonNull(preparation, "preparation");
    milvusSettings =
        milvusSettings == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(milvusSettings));
    libraries = Collections.unmodifiableMap(new LinkedHashMap<>(libraries));
    warnings = List.copyOf(warnings);
  }

  /** A copy with one more warning, about a problem during the run. */
  public Environment with(String warning) {
    List<String> more = new ArrayList<>(warnings);
    more.add(warning);
    return with(searched, preparation, after, more);
  }

  /** A copy with the searched collections. */
  public Environment searching(List<Searched> collections) {
    return with(collections, preparation, after, warnings);
  }

  /** A copy with the time before the first fork. */
  public Environment preparedIn(Duration time) {
    return with(searched, Optional.of(time), after, warnings);
  }

  /** A copy with the load at the end. */
  public Environment ending(Load load) {
    return with(searched, preparation, Optional.of(load), warnings);
  }

  private Environment with(
      List<Searched> otherSearched,
      Optional<Duration> otherPreparation,
      Optional<Load> otherAfter,
      List<String> otherWarnings) {
    return new Environment(
        schema,
        machine,
        jvm,
        libraries,
        milvus,
        milvusSettings,
        otherSearched,
        otherPreparation,
        before,
        otherAfter,
        otherWarnings);
  }

  /**
   * A collection, and the quality of the answers that every connection must get.
   *
   * @param vectors stored
   * @param dimension of each
   * @param index and the parameter of its searches
   * @param queries number of queries behind the recall
   * @param recall share of the ten nearest vectors (by exact search) among the first ten ids of the
   *     plaintext server's answers
   */
  public record Searched(int vectors, int dimension, String index, int queries, double recall) {

    /** A description for people. */
    public String words() {
      return String.format(
          Locale.ROOT,
          "%d vectors of %d, %s: recall of the first 10 ids %.3f over %d queries, held against a"
              + " search of all vectors",
          vectors,
          dimension,
          index,
          recall,
          queries);
    }
  }

  /**
   * Hardware and kernel.
   *
   * @param cpu model name
   * @param cpuFlags flags that affect ciphers: AES, vector and carry-less multiplication
   *     instructions
   * @param cores logical processors that this process may use
   * @param memoryBytes installed, or the container's limit where there is one
   * @param os name and version
   * @param kernel release
   * @param governor frequency governor, where readable
   * @param virtualMachine name of the hypervisor, where one is visible
   * @param containerLimits processor and memory limits of a control group, where there are any
   * @param tcpTwReuse kernel setting that limits sustained reconnects to one port, where readable
   */
  public record Machine(
      String cpu,
      List<String> cpuFlags,
      int cores,
      long memoryBytes,
      String os,
      String kernel,
      Optional<String> governor,
      Optional<String> virtualMachine,
      List<String> containerLimits,
      Optional<String> tcpTwReuse) {
    public Machine {
      Objects.requireNonNull(cpu, "cpu");
      Objects.requireNonNull(os, "os");
      Objects.requireNonNull(kernel, "kernel");
      cpuFlags = List.copyOf(cpuFlags);
      containerLimits = List.copyOf(containerLimits);
    }
  }

  /**
   * A Java virtual machine.
   *
   * @param name and vendor
   * @param version runtime version
   * @param flags of the forks, by suite
   */
  public record Jvm(String name, String version, Map<String, List<String>> flags) {
    public Jvm {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(version, "version");
    }
  }

  /**
   * Load of the machine at one moment.
   *
   * @param average1 1-minute load average, where readable
   * @param busyShare share of all cores that other processes used in half a second, where measured
   * @param stealShare share of time that the hypervisor took, since boot
   * @param swapUsedBytes swap in use
   */
  public record Load(
      Optional<Double> average1,
      Optional<Double> busyShare,
      double stealShare,
      long swapUsedBytes) {}
}
