package org.milvustls.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.milvustls.MilvusTlsException;

/** Fails when an upgrade of the SDK moves what the seam holds on to. */
class SdkSeamTest {
  @Test
  void the_sdk_on_the_class_path_has_all_that_the_seam_sets() {
    assertThat(SdkSeam.find()).isNotNull();
  }

  @Test
  void an_sdk_built_otherwise_is_refused_with_its_version() {
    assertThatThrownBy(() -> SdkSeam.find(String.class))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("this version of the Milvus SDK is built differently inside")
        .hasMessageContaining("milvus-sdk-java 2.6.22")
        .hasMessageContaining("next: use the version of the SDK");
  }

  /** Has every member that the seam looks for, and does not let it be used. */
  private static final class Sealed extends MilvusClientV2 {
    @SuppressWarnings("unused") // looked for by the seam
    private @Nullable ManagedChannel channel;

    @SuppressWarnings("unused") // looked for by the seam
    private @Nullable ConnectConfig connectConfig;

    Sealed() {
      super(null);
    }

    @SuppressWarnings("unused") // looked for by the seam
    private void initServices(String database) {
      throw new UnsupportedOperationException("services are made elsewhere");
    }
  }

  @Test
  void an_sdk_that_does_not_let_a_member_be_used_is_refused_before_anything_connects() {
    SdkSeam seam = SdkSeam.find(Sealed.class);
    assertThatThrownBy(() -> seam.rehearsedOn(Sealed::new))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("this version of the Milvus SDK is built differently inside")
        .hasMessageContaining("services are made elsewhere")
        .hasMessageContaining("next: use the version of the SDK");
    assertThatThrownBy(
            () ->
                SdkSeam.find()
                    .rehearsedOn(
                        () -> {
                          throw new IllegalStateException("a configuration is wanted");
                        }))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("a configuration is wanted");
  }

  /** Each of them would replace our channel by one of the SDK's, and is overridden. */
  @Test
  void no_other_call_of_the_sdk_makes_a_channel() {
    JavaClass client = new ClassFileImporter().importClass(MilvusClientV2.class);
    Set<String> callers =
        client.getMethodCallsFromSelf().stream()
            .filter(call -> call.getTarget().getName().equals("connect"))
            .filter(
                call ->
                    call.getTarget().getRawParameterTypes().size() == 1
                        && call.getTarget()
                            .getRawParameterTypes()
                            .get(0)
                            .isEquivalentTo(ConnectConfig.class))
            .map(JavaMethodCall::getOrigin)
            .map(origin -> origin.getName())
            .collect(Collectors.toSet());
    assertThat(callers).containsExactlyInAnyOrder("<init>", "useDatabase", "updatePassword");
  }
}
