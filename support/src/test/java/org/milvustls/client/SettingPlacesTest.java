package org.milvustls.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milvustls.MilvusTlsException;

/**
 * Settings are written {@code HOST=a PORT=1} here, without the {@code MILVUS_} before each name.
 */
class SettingPlacesTest {
  private static String merged(String... highestFirst) {
    return new TreeMap<>(
            SettingPlaces.merged(
                Arrays.stream(highestFirst).map(SettingPlacesTest::place).toList()))
        .entrySet().stream()
            .map(entry -> entry.getKey().replace("MILVUS_", "") + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
  }

  private static Map<String, String> place(String settings) {
    return Arrays.stream(settings.strip().split(" "))
        .filter(setting -> !setting.isEmpty())
        .map(setting -> setting.split("=", 2))
        .collect(Collectors.toMap(pair -> "MILVUS_" + pair[0], pair -> pair[1]));
  }

  @Test
  void the_highest_place_that_has_a_name_wins() {
    assertThat(merged("DB=option", "DB=environment CA=environment", "DB=file CA=file TLS=mutual"))
        .isEqualTo("CA=environment DB=option TLS=mutual");
  }

  @Test
  void a_blank_value_hides_that_of_a_lower_place() {
    assertThat(merged("", "DB= ", "DB=file")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "URI=https://a:1 | HOST=b PORT=2             | HOST=a PORT=1",
        "URI=https://a   | HOST=b PORT=2             | HOST=a PORT=19530",
        "URI=https://a   | PORT=2                    | HOST=a PORT=19530",
        "URI=https://a   | URI=https://b:2/other     | HOST=a PORT=19530",
        "URI=https://a   | HOST=b SERVER_NAME=b.test | HOST=a PORT=19530",
        "HOST=a          | URI=https://b:2/other     | HOST=a",
        "HOST=a          | HOST=b PORT=2             | HOST=a",
        "HOST=a          | HOST=b SERVER_NAME=b.test | HOST=a",
        "HOST=a          | PORT=2                    | HOST=a PORT=2",
        "PORT=1          | HOST=b PORT=2             | HOST=b PORT=1",
        "PORT=1          | URI=https://b:2/other     | DB=other HOST=b PORT=1",
        "HOST=a          | USER=u PASSWORD=p CA=ca   | CA=ca HOST=a PASSWORD=p USER=u",
      })
  void an_address_comes_from_one_place(String options, String environment, String taken) {
    assertThat(merged(options, environment)).isEqualTo(taken);
    assertThat(merged("", options, environment)).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DB=a                | URI=https://h:1/b | DB=a HOST=h PORT=1",
        "URI=https://h:1/b   | DB=a              | DB=b HOST=h PORT=1",
        "URI=https://h:1     | DB=a              | DB=a HOST=h PORT=1",
        "URI=https://h:1 DB=a| ''                | DB=a HOST=h PORT=1",
      })
  void a_database_in_a_uri_counts_as_one_named(String options, String environment, String taken) {
    assertThat(merged(options, environment)).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TOKEN=t          | USER=u PASSWORD=p  | TOKEN=t",
        "USER=a           | TOKEN=t            | USER=a",
        "USER=a PASSWORD=b| TOKEN=t            | PASSWORD=b USER=a",
        "USER=a           | USER=u PASSWORD=p  | USER=a",
        "USER=a           | PASSWORD=p         | PASSWORD=p USER=a",
        "PASSWORD=b       | USER=u PASSWORD=p  | PASSWORD=b USER=u",
        "PASSWORD=b       | TOKEN=t            | PASSWORD=b",
      })
  void a_password_belongs_to_its_user(String options, String environment, String taken) {
    assertThat(merged(options, environment)).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CLIENT_CERT=a              | CLIENT_CERT=b CLIENT_KEY=k | CLIENT_CERT=a",
        "CLIENT_CERT=a CLIENT_KEY=j | CLIENT_CERT=b CLIENT_KEY=k CLIENT_KEY_PASSWORD=p | CLIENT_CERT=a CLIENT_KEY=j",
        "CLIENT_CERT=a              | CLIENT_KEY=k               | CLIENT_CERT=a CLIENT_KEY=k",
        "CLIENT_KEY=j               | CLIENT_CERT=b CLIENT_KEY=k | CLIENT_CERT=b CLIENT_KEY=j",
        "CA=a                       | CA=b.p12 CA_PASSWORD=p     | CA=a",
        "TLS=server                 | CLIENT_CERT=b CLIENT_KEY=k | TLS=server",
        "TLS=mutual                 | CLIENT_CERT=b CLIENT_KEY=k | CLIENT_CERT=b CLIENT_KEY=k TLS=mutual",
      })
  void a_key_belongs_to_its_certificate(String options, String environment, String taken) {
    assertThat(merged(options, environment)).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "URI=https://h:1 | TLS=off         | HOST=h PORT=1",
        "TLS=off         | URI=https://h:1 | HOST=h PORT=1 TLS=off",
        "URI=http://h:1  | TLS=off         | HOST=h PORT=1 TLS=off",
        "TLS=server      | URI=http://h:1  | HOST=h PORT=1 TLS=server",
      })
  void the_scheme_of_a_uri_and_the_mode_follow_the_higher_place(
      String options, String environment, String taken) {
    assertThat(merged(options, environment)).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "URI=http://h TLS=mutual | '' | the URI says http and the TLS mode is 'mutual': 'http://h'",
        "URI=http://h  | TLS=mutual   | the URI says http and the TLS mode is 'mutual': 'http://h'",
        "URI=http://h  | ''           | the URI says http and the TLS mode is 'server': 'http://h'",
        "URI=https://h TLS=off | ''   | the URI says https and the TLS mode is 'off': 'https://h'",
      })
  void plaintext_is_never_a_fallback(String options, String environment, String says) {
    assertThatThrownBy(() -> merged(options, environment))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining(says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "URI=https://h HOST=h     | MILVUS_HOST and MILVUS_URI",
        "URI=https://h:1 PORT=2   | MILVUS_URI and MILVUS_PORT",
        "URI=https://h/one DB=two | MILVUS_URI and MILVUS_DB",
        "USER=u TOKEN=t           | MILVUS_USER and MILVUS_TOKEN",
      })
  void two_answers_in_one_place_are_an_error(String place, String names) {
    for (List<String> places : List.of(List.of(place), List.of("", place))) {
      assertThatThrownBy(() -> merged(places.toArray(String[]::new)))
          .isInstanceOfSatisfying(
              MilvusTlsException.class,
              e -> assertThat(e.kind()).isEqualTo(MilvusTlsException.Kind.USAGE))
          .hasMessageContaining("two settings in one place contradict each other: '" + names + "'")
          .hasMessageContaining("next: leave one of them out");
    }
  }
}
