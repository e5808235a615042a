package org.milvustls.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class StoredListTest {
  private static final String HEADER = "cell,count";

  @Test
  void a_difference_names_the_cell_and_both_counts() {
    assertThat(
            StoredList.of(HEADER, "a,1,2", "gone,1")
                .differences(List.of("a,1,3", "new,1"), String::equals))
        .containsExactlyInAnyOrder(
            "a\n    was 1,2\n    is  1,3",
            "new\n    was not in the list\n    is  1",
            "gone\n    is in the list and no longer measured");
  }

  @Test
  void a_difference_fails() {
    StoredList list = StoredList.of(HEADER, "a,1");

    assertThatThrownBy(() -> list.requireSame(HEADER, List.of("a,2")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("wanted? then take target/list.csv as the new list");
  }

  @Test
  void a_difference_from_the_list_of_another_release_is_told() throws IOException {
    StoredList list = StoredList.of("# made on Java 17.0.1+1", HEADER, "a,1", "b,1");

    list.requireSameOnItsRelease(HEADER, List.of("a,1", "b,1"), String::equals);
    assertThatThrownBy(
            () -> list.requireSameOnItsRelease(HEADER, List.of("a,2", "b,1"), String::equals))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageMatching(
            "(?s).*list\\.csv is of Java 17\\.0\\.1\\+1: on Java \\d\\S+ 1 of 2 cells differ.*");
  }
}
