package org.milvustls.bench.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content of the template of {@code report.html}. The template escapes every text, except
 * {@code css}, {@code script} and the inside of a figure's picture, which this project makes
 * itself.
 *
 * @param title of the window
 * @param run id of the run
 * @param facts about the run, in a line
 * @param caveats what a reader must know first
 * @param trustLine whether the run can be trusted, in a sentence
 * @param answers for each question
 * @param unavailable cells that were not measured, with reasons
 * @param jvms cells on other JVMs; empty without any
 * @param choice which settings to take
 * @param suites charts of each suite
 * @param absent what the report would show if the run had it
 * @param trust what the trust rests on
 * @param calculator costs to multiply; without settings when nothing can be calculated
 * @param repeat how to run it again
 * @param css style sheet
 * @param script behaviour; the page is complete without it
 */
record Page(
    String title,
    String run,
    List<String> facts,
    List<String> caveats,
    String trustLine,
    List<Question> answers,
    Table unavailable,
    Table jvms,
    Choice choice,
    List<SuitePart> suites,
    List<String> absent,
    Trust trust,
    Calculator calculator,
    Repeat repeat,
    String css,
    String script) {

  /**
   * A question with its answers.
   *
   * @param question as a person would ask it
   * @param table the answers side by side, where that says more
   * @param sentences answers, each with its verdict
   */
  record Question(String question, Optional<Table> table, List<Answer> sentences) {}

  /**
   * An answer.
   *
   * @param text the sentence
   * @param verdict in one word
   */
  record Answer(String text, String verdict) {}

  /**
   * The table of what to choose.
   *
   * @param table with filter values on its rows
   * @param filters choices for each filter, by its name; those with one value are left out
   * @param note what a mark means
   */
  record Choice(Table table, Map<String, List<String>> filters, String note) {}

  /**
   * Charts of one suite.
   *
   * @param id anchor
   * @param title heading
   * @param figures in their order; empty when nothing was drawn
   * @param note why there is no chart, or what the charts leave out
   */
  record SuitePart(String id, String title, List<Figure> figures, String note) {}

  /**
   * A chart in the page.
   *
   * @param id anchor
   * @param title heading
   * @param alternative in words
   * @param note how to read it
   * @param width of the drawing in its own units
   * @param height of the drawing
   * @param picture inside of an {@code svg} element
   * @param numbers the same as a table
   */
  record Figure(
      String id,
      String title,
      String alternative,
      String note,
      int width,
      int height,
      String picture,
      Table numbers) {}

  /**
   * The grounds for trust in the run.
   *
   * @param warnings sentences about machine and files
   * @param incidents failed tries and drifting forks, in sentences
   * @param tables controls, planted delays, load, outliers, asked and negotiated
   * @param drift chart of drift: none or one
   */
  record Trust(
      List<String> warnings, List<String> incidents, List<Table> tables, List<Figure> drift) {}

  /**
   * The calculator: costs to multiply and add.
   *
   * @param json settings and terms for the script, safe inside a script element
   * @param terms the same as a table; empty when there is nothing to calculate
   * @param accuracy error of the model on held-out cells, in a sentence
   * @param tests the held-out cells
   * @param missing terms that the run cannot estimate, and caveats of the others
   * @param payload whether payload can be calculated
   * @param distance whether round-trip time can be calculated
   */
  record Calculator(
      String json,
      Table terms,
      String accuracy,
      Table tests,
      List<String> missing,
      boolean payload,
      boolean distance) {}

  /**
   * How to repeat the run.
   *
   * @param command on a command line
   * @param machine facts
   * @param versions of all software in use
   */
  record Repeat(String command, Table machine, Table versions) {}
}
