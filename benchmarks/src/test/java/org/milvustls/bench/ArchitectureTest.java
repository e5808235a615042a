package org.milvustls.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the packages of the harness, as the design draws them. */
@AnalyzeClasses(
    packages = "org.milvustls.bench",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
  private static final String BENCH = "org.milvustls.bench.";

  @ArchTest
  static final ArchRule ARROWS_POINT_DOWN =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("org.milvustls.bench..")
          .withOptionalLayers(true)
          .layer("cli")
          .definedBy(BENCH + "cli..")
          .layer("report")
          .definedBy(BENCH + "report..")
          .layer("run")
          .definedBy(BENCH + "run..")
          .layer("jmh")
          .definedBy(BENCH + "jmh..")
          .layer("load")
          .definedBy(BENCH + "load..")
          .layer("workload")
          .definedBy(BENCH + "workload..")
          .layer("result")
          .definedBy(BENCH + "result..")
          .layer("scenario")
          .definedBy(BENCH + "scenario..")
          .layer("stats")
          .definedBy(BENCH + "stats..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("run")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("jmh")
          .mayOnlyBeAccessedByLayers("run")
          .whereLayer("load")
          .mayOnlyBeAccessedByLayers("run")
          .whereLayer("workload")
          .mayOnlyBeAccessedByLayers("run", "jmh", "load")
          .whereLayer("result")
          .mayOnlyBeAccessedByLayers("cli", "report", "run", "load", "workload")
          .whereLayer("stats")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule WORKLOADS_KNOW_NO_JMH =
      noClasses()
          .that()
          .resideInAPackage(BENCH + "workload..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.openjdk.jmh..");
}
