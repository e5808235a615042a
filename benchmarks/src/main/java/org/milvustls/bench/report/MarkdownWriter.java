package org.milvustls.bench.report;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Writes blocks of Markdown and escapes data. Writes nothing for empty lists and tables. */
final class MarkdownWriter {
  private final StringBuilder text = new StringBuilder();

  void heading(int level, String title) {
    text.append("#".repeat(level)).append(' ').append(line(title)).append("\n\n");
  }

  void paragraph(String words) {
    text.append(line(words)).append("\n\n");
  }

  void list(List<String> items) {
    items.forEach(item -> text.append("- ").append(line(item)).append('\n'));
    if (!items.isEmpty()) {
      text.append('\n');
    }
  }

  void code(String command) {
    text.append("```\n").append(command).append("\n```\n\n");
  }

  void image(String path, String alternative) {
    text.append("![").append(line(alternative)).append("](").append(path).append(")\n\n");
  }

  void table(List<String> header, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    row(header);
    row(Collections.nCopies(header.size(), "---"));
    rows.forEach(this::row);
    text.append('\n');
  }

  private void row(List<String> cells) {
    text.append(
        cells.stream().map(MarkdownWriter::line).collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  /** One line, escaped so that it cannot end a cell or start markup (CommonMark 2.4). */
  private static String line(String words) {
    return words
        .replaceAll("\\s*\\R\\s*", " ")
        .replaceAll("[\\\\*`\\[\\]|]", "\\\\$0")
        .replace("<", "&lt;");
  }

  String text() {
    return text.toString().stripTrailing() + "\n";
  }
}
