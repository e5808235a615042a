package org.milvustls;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** The arrows between the packages of this module, as the design has them: only downward. */
@AnalyzeClasses(packages = "org.milvustls", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule arrows_point_downward =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("client")
          .definedBy("org.milvustls.client..")
          .layer("server")
          .definedBy("org.milvustls.server..")
          .layer("milvus")
          .definedBy("org.milvustls.milvus..")
          .layer("tls")
          .definedBy("org.milvustls.tls..")
          .layer("pki")
          .definedBy("org.milvustls.pki..")
          .layer("root")
          .definedBy("org.milvustls")
          .whereLayer("client")
          .mayOnlyAccessLayers("milvus", "tls", "pki", "root")
          .whereLayer("server")
          .mayOnlyAccessLayers("milvus", "tls", "pki", "root")
          .whereLayer("milvus")
          .mayOnlyAccessLayers("tls", "pki", "root")
          .whereLayer("tls")
          .mayOnlyAccessLayers("pki", "root")
          .whereLayer("pki")
          .mayOnlyAccessLayers("root")
          .whereLayer("root")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule only_client_knows_the_stack_inside_the_sdk =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.milvustls.client..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.milvus.shaded..");

  @ArchTest
  static final ArchRule only_tls_knows_the_current_netty =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.milvustls.tls..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");
}
