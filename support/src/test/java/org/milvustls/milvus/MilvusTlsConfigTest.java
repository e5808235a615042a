package org.milvustls.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.TlsMode;

class MilvusTlsConfigTest {
  @Test
  void mutual_tls_names_three_files_and_a_rest_port_of_its_own() {
    assertThat(
            MilvusTlsConfig.mutual("/c/s.pem", "/c/s.key", "/c/ca.pem")
                .withRestPort(8080)
                .environment())
        .containsExactly(
            entry("COMMON_SECURITY_TLSMODE", "2"),
            entry("TLS_SERVERPEMPATH", "/c/s.pem"),
            entry("TLS_SERVERKEYPATH", "/c/s.key"),
            entry("TLS_CAPEMPATH", "/c/ca.pem"),
            entry("PROXY_HTTP_ENABLED", "true"),
            entry("PROXY_HTTP_PORT", "8080"));
  }

  @Test
  void without_a_port_of_its_own_rest_is_off() {
    assertThat(MilvusTlsConfig.off().environment())
        .containsExactly(
            entry("COMMON_SECURITY_TLSMODE", "0"), entry("PROXY_HTTP_ENABLED", "false"));
  }

  @Test
  void a_mode_without_its_files_is_refused() {
    assertThatThrownBy(
            () ->
                new MilvusTlsConfig(
                    TlsMode.MUTUAL,
                    Optional.of("/s.pem"),
                    Optional.of("/s.key"),
                    Optional.empty(),
                    OptionalInt.empty()))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("TLS mode mutual needs a client CA (tls.caPemPath)");
  }

  @Test
  void a_client_ca_that_milvus_would_not_read_is_refused() {
    assertThatThrownBy(
            () ->
                new MilvusTlsConfig(
                    TlsMode.SERVER,
                    Optional.of("/s.pem"),
                    Optional.of("/s.key"),
                    Optional.of("/ca.pem"),
                    OptionalInt.empty()))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining(
            "Milvus does not read a client CA (tls.caPemPath) in TLS mode server: '/ca.pem'");
  }

  @Test
  void a_relative_path_is_refused() {
    assertThatThrownBy(() -> MilvusTlsConfig.server("certs/s.pem", "/s.key"))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining(
            "the path of the server certificate (tls.serverPemPath) is not absolute: 'certs/s.pem'");
  }

  @Test
  void a_port_that_is_none_is_refused() {
    assertThatThrownBy(() -> MilvusTlsConfig.off().withRestPort(70_000))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessage("the REST port is not a port: '70000'; allowed: 1 to 65535");
  }
}
