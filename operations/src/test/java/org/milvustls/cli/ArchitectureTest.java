package org.milvustls.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** The arrows between the packages of this module, as the design has them: only downward. */
@AnalyzeClasses(packages = "org.milvustls", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String LIBRARY = "library";

  @ArchTest
  static final ArchRule arrows_point_downward =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cli")
          .definedBy("org.milvustls.cli..")
          .layer("monitor")
          .definedBy("org.milvustls.monitor..")
          .layer("scan")
          .definedBy("org.milvustls.scan..")
          .layer("acme")
          .definedBy("org.milvustls.acme..")
          .layer(LIBRARY)
          .definedBy(
              "org.milvustls",
              "org.milvustls.client..",
              "org.milvustls.server..",
              "org.milvustls.milvus..",
              "org.milvustls.tls..",
              "org.milvustls.pki..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("monitor")
          .mayOnlyAccessLayers(LIBRARY)
          .whereLayer("scan")
          .mayOnlyAccessLayers(LIBRARY)
          .whereLayer("acme")
          .mayOnlyAccessLayers(LIBRARY)
          .whereLayer(LIBRARY)
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule only_scan_and_monitor_know_the_current_netty =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.milvustls.tls..", "org.milvustls.scan..", "org.milvustls.monitor..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  @ArchTest
  static final ArchRule only_cli_knows_the_command_line_library =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.milvustls.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");
}
