package org.milvustls.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milvustls.MilvusTlsException;

class HostNameTest {
  @ParameterizedTest
  @CsvSource({
    "localhost, DNS, localhost",
    "Milvus.Example.ORG, DNS, milvus.example.org",
    "*.example.org, DNS, *.example.org",
    "b\u00fccher.example, DNS, xn--bcher-kva.example",
    "*.b\u00fccher.example, DNS, *.xn--bcher-kva.example",
    "my_host, DNS, my_host",
    "127.0.0.1, IP, 127.0.0.1",
    "::1, IP, ::1",
    "[2001:DB8::7], IP, 2001:db8::7",
  })
  void reads_what_clients_can_match(String text, HostName.Kind kind, String value) {
    assertThat(HostName.of(text)).isEqualTo(new HostName(kind, value));
  }

  @Test
  void addresses_are_equal_however_they_are_written() {
    assertThat(HostName.listOf("::1", "0:0:0:0:0:0:0:1", "[::1]")).hasSize(1);
    assertThat(HostName.of("::1")).isNotEqualTo(HostName.of("::2"));
    assertThat(HostName.of("127.0.0.1")).isNotEqualTo(HostName.of("localhost"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "two words",
        "-a",
        "a-",
        "a..b",
        "a.",
        "*",
        "*.",
        "*.org",
        "a.*.org",
        "256.1.1.1",
        "1.2.3",
        "a/b",
        "http://a",
        "a:19530",
        "[::1",
        "::g",
        "a\u0000b"
      })
  void refuses_what_is_no_host_name(String text) {
    assertThatThrownBy(() -> HostName.of(text))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessage(
            "not a host name: '"
                + text
                + "'; allowed: a DNS name (milvus.example.org), a wildcard for one label"
                + " (*.example.org), an IPv4 or an IPv6 address");
  }

  @Test
  void refuses_a_label_longer_than_63_and_a_name_longer_than_253_characters() {
    assertThatThrownBy(() -> HostName.of("a".repeat(64))).hasMessageStartingWith("not a host name");
    assertThatThrownBy(() -> HostName.of("abcdefg.".repeat(31) + "abcdefg"))
        .hasMessageStartingWith("not a host name");
  }

  @Test
  void asks_for_the_a_label_where_the_idna_versions_differ() {
    assertThatThrownBy(() -> HostName.of("stra\u00dfe.example"))
        .hasMessageContaining("by the IDNA rules of 2003 and 2008: give the A-label");
  }
}
