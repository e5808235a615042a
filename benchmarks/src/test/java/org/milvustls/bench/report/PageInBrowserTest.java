package org.milvustls.bench.report;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milvustls.bench.result.Measurement;
import org.milvustls.bench.result.RunFolder;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Plan.UnavailableCell;
import org.milvustls.bench.scenario.Planner;

/**
 * {@code report.html} in a real browser. Pictures of it are left in {@code target/pages} to be
 * looked at. Without a Chromium the tests are skipped; {@code .ci/run} installs one.
 */
class PageInBrowserTest {
  private static final Path PICTURES = Path.of("target", "pages");
  private static final String EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'`";

  @TempDir static Path temp;

  @SuppressWarnings("NullAway.Init") // where there is a Chromium
  private static Chromium browser;

  private static Path page = Path.of("");

  @BeforeAll
  static void start() throws IOException {
    Optional<Path> program = Chromium.installed();
    if (program.isEmpty()) {
      return;
    }
    Files.createDirectories(PICTURES);
    Plan all = SampleRun.plan();
    String gone = all.panel("connect").comparisons().get(1).cells().get(1).name();
    Plan plan = Planner.without(all, List.of(new UnavailableCell(gone, EVIL, true)));
    List<Measurement> lines = new ArrayList<>(new SampleRun().measurements(plan));
    lines.add(0, SampleRun.failed(plan.forks().get(0), EVIL));
    RunFolder folder = SampleRun.write(temp.resolve("quick-sample"), plan, lines);
    Reports.write(folder);
    page = folder.root().resolve("report.html");
    Files.copy(page, PICTURES.resolve("report.html"), StandardCopyOption.REPLACE_EXISTING);
    browser = Chromium.start(program.get(), temp.resolve("profile"));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() {
    Assumptions.assumeTrue(
        browser != null, "no Chromium on the path, and MILVUS_TLS_CHROMIUM names none");
    browser.size(1200, 900);
    browser.scheme("light");
    browser.open(page);
  }

  private static List<String> texts(String expression) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : browser.evaluate(expression)) {
      texts.add(text.asText());
    }
    return texts;
  }

  @Test
  void asks_for_nothing_and_complains_of_nothing() {
    assertThat(browser.requests()).allMatch(url -> url.startsWith("file:") || url.equals("data:,"));
    assertThat(browser.requests()).filteredOn(url -> url.startsWith("file:")).hasSize(1);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void has_its_sections_in_the_order_of_the_questions() {
    assertThat(texts("[...document.querySelectorAll('h2')].map(h => h.textContent)"))
        .containsExactly(
            "Answers",
            "Which to choose",
            "Charts",
            "Can this run be trusted?",
            "What would it cost me?",
            "How to repeat it");
  }

  @Test
  void skips_no_level_of_heading_and_repeats_no_id() {
    List<String> levels =
        texts("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => h.tagName)");
    for (int i = 1; i < levels.size(); i++) {
      assertThat(levels.get(i).charAt(1) - levels.get(i - 1).charAt(1)).isLessThanOrEqualTo(1);
    }
    List<String> ids = texts("[...document.querySelectorAll('[id]')].map(e => e.id)");
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void gives_every_picture_words_and_a_table_of_its_numbers() {
    JsonNode bare =
        browser.evaluate(
            "[...document.querySelectorAll('figure')].filter(f =>"
                + " !(f.querySelector('svg[role=img]').getAttribute('aria-label').length > 40"
                + " && f.querySelectorAll('details table tbody tr').length > 0)).length");
    assertThat(browser.evaluate("document.querySelectorAll('figure').length").asInt())
        .isGreaterThan(9);
    assertThat(bare.asInt()).isZero();
  }

  @Test
  void shows_markup_from_data_as_text() {
    assertThat(browser.evaluate("document.querySelectorAll('img').length").asInt()).isZero();
    assertThat(browser.evaluate("document.querySelectorAll('script').length").asInt()).isEqualTo(2);
    assertThat(browser.evaluate("document.body.textContent").asText()).contains(EVIL);
  }

  @Test
  void sorts_a_table_by_a_column_both_ways_and_says_so() {
    String column =
        "[...document.getElementById('choices').tBodies[0].rows].map(r =>"
            + " Number([...r.cells].find(c => c.className === 'number').dataset.sort))";
    String heading =
        "[...document.querySelectorAll('#choices th')].find(h => h.textContent.startsWith('time'))";
    browser.evaluate(heading + ".querySelector('button').click()");
    assertThat(browser.evaluate(heading + ".getAttribute('aria-sort')").asText())
        .isEqualTo("ascending");
    assertThat(doubles(column)).isSorted();
    browser.evaluate(heading + ".querySelector('button').click()");
    assertThat(browser.evaluate(heading + ".getAttribute('aria-sort')").asText())
        .isEqualTo("descending");
    assertThat(doubles(column)).isSortedAccordingTo(Comparator.reverseOrder());
  }

  private static List<Double> doubles(String expression) {
    List<Double> values = new ArrayList<>();
    browser.evaluate(expression).forEach(value -> values.add(value.asDouble()));
    return values;
  }

  @Test
  void leaves_the_rows_that_a_filter_asks_for() {
    browser.evaluate(
        "(() => { const s = [...document.querySelectorAll('#filters select')]"
            + ".find(s => [...s.options].some(o => o.value === 'BoringSSL'));"
            + " s.value = 'BoringSSL'; s.dispatchEvent(new Event('change', {bubbles: true})); })()");
    assertThat(
            texts(
                "[...document.getElementById('choices').tBodies[0].rows].filter(r => !r.hidden)"
                    + ".map(r => r.textContent)"))
        .isNotEmpty()
        .allMatch(row -> row.contains("BoringSSL"));
    assertThat(browser.evaluate("document.getElementById('shown').textContent").asText())
        .matches("\\d+ of \\d+ rows");
  }

  @Test
  void calculates_by_rates_and_doubles_what_is_doubled() {
    assertThat(cores("0", "100")).isPositive();
    assertThat(cores("0", "200")).isBetween(1.99 * cores("0", "100"), 2.01 * cores("0", "100"));
    assertThat(cores("0", "0")).isZero();
    assertThat(cores("7", "100")).isGreaterThan(cores("0", "100"));
  }

  /** Client CPU of the first settings. */
  private static double cores(String connections, String searches) {
    String text =
        browser
            .evaluate(
                "(() => { document.getElementById('connections').value = '"
                    + connections
                    + "'; document.getElementById('searches').value = '"
                    + searches
                    + "'; document.getElementById('calc').dispatchEvent(new Event('input'));"
                    + " return document.querySelector('#costs tbody tr').cells[1].textContent; })()")
            .asText();
    return Double.parseDouble(text.split(" ", 2)[0]);
  }

  @ParameterizedTest
  @CsvSource({"1200, light", "1200, dark", "390, light", "390, dark"})
  void fits_its_width_in_both_colour_schemes(int width, String scheme) throws IOException {
    browser.size(width, 900);
    browser.scheme(scheme);
    Files.write(PICTURES.resolve(scheme + "-" + width + ".png"), browser.picture());
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(width);
    assertThat(contrast()).isGreaterThan(7);
  }

  /** Contrast of text and ground (WCAG 2.2, 1.4.6). */
  private static double contrast() {
    return browser
        .evaluate(
            "(() => { const l = c => { const [r, g, b] = c.match(/\\d+/g).map(x => x / 255)"
                + ".map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);"
                + " return 0.2126 * r + 0.7152 * g + 0.0722 * b; };"
                + " const s = getComputedStyle(document.body);"
                + " const [a, b] = [l(s.color), l(s.backgroundColor)].sort((x, y) => y - x);"
                + " return (a + 0.05) / (b + 0.05); })()")
        .asDouble();
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void prints_dark_on_light_whatever_the_screen_is(String scheme) throws IOException {
    browser.scheme(scheme);
    byte[] pdf = browser.pdf();
    Files.write(PICTURES.resolve("printed-" + scheme + ".pdf"), pdf);
    assertThat(new String(pdf, 0, 5, US_ASCII)).isEqualTo("%PDF-");
  }
}
