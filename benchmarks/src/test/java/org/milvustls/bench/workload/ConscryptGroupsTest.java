package org.milvustls.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.TlsMode;

class ConscryptGroupsTest {
  @ParameterizedTest
  @EnumSource(names = {"X25519", "SECP256R1", "SECP384R1"})
  void a_client_offers_the_named_group_that_it_is_told_and_no_other(NamedGroup group) {
    Cell.Tls tls = Cell.Tls.base(ClientProvider.CONSCRYPT).with(group);
    try (HandshakeWorkload workload =
        HandshakeWorkload.open(Cell.secured(Operation.HANDSHAKE, TlsMode.SERVER, tls))) {
      assertThat(workload.watch().clientHello().orElseThrow().keyShares())
          .containsExactly(group.id());
    }
  }
}
