package org.milvustls.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.tls.TlsMode;

class GivenMilvusTest {
  @Test
  void endpoints_are_read_by_their_mode() {
    assertThat(GivenMilvus.parse(List.of("off=localhost:19530", "mutual=[::1]:19531")))
        .isEqualTo(
            Map.of(
                TlsMode.OFF,
                Endpoint.given("localhost", 19530, TlsMode.OFF),
                TlsMode.MUTUAL,
                Endpoint.given("::1", 19531, TlsMode.MUTUAL)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "off", "off=", "off=localhost", "off=:1", "off=a:0", "off=a:65536", "off=a:b"})
  void what_is_no_endpoint_is_refused_with_the_form(String text) {
    assertThatThrownBy(() -> GivenMilvus.parse(List.of(text)))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessage(
            "not an endpoint: '"
                + text
                + "'; allowed: MODE=HOST:PORT, such as server=127.0.0.1:19530; MODE is off, server"
                + " or mutual");
  }

  @Test
  void an_unknown_mode_is_refused_with_the_known_ones() {
    assertThatThrownBy(() -> GivenMilvus.parse(List.of("tls=localhost:19530")))
        .hasMessage("unknown TLS mode: 'tls'; allowed: off, server, mutual");
  }

  @Test
  void two_endpoints_of_one_mode_are_refused() {
    assertThatThrownBy(() -> GivenMilvus.parse(List.of("off=a:1", "off=b:2")))
        .hasMessageContaining("two endpoints of one mode: 'off=b:2'");
  }

  @Test
  void tls_needs_an_anchor_and_mutual_tls_a_key() {
    assertThatThrownBy(
            () -> new GivenMilvus(GivenMilvus.parse(List.of("server=a:1")), Optional.empty()))
        .hasMessageContaining("name it with --ca or MILVUS_CA");
    Credentials anchorOnly = new Credentials(Path.of("ca.pem"), Optional.empty(), Optional.empty());
    assertThatThrownBy(
            () ->
                new GivenMilvus(GivenMilvus.parse(List.of("mutual=a:1")), Optional.of(anchorOnly)))
        .hasMessageContaining("name them with --cert and --key");
  }
}
