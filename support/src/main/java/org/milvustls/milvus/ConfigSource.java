package org.milvustls.milvus;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.milvustls.MilvusTlsException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The settings of one file, in its order.
 *
 * @param name of the file, as messages show it
 * @param settings the values, the last of a name wins
 * @param duplicates the second entry of each key that is twice in the same block
 */
record ConfigSource(String name, List<Setting> settings, List<Setting> duplicates) {
  ConfigSource {
    settings = List.copyOf(settings);
    duplicates = List.copyOf(duplicates);
  }

  /** Reads a yaml file of Milvus. */
  static ConfigSource yaml(String name, String text) {
    Reader reader = new Reader(name);
    root(name, text).ifPresent(mapping -> reader.mapping("", mapping));
    return new ConfigSource(name, reader.settings, reader.duplicates);
  }

  /** The root of a yaml file; empty for an empty file. */
  static Optional<MappingNode> root(String name, String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(name).setAllowDuplicateKeys(true).build();
    try {
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isPresent() && !(root.get() instanceof MappingNode)) {
        throw notConfiguration(name).build();
      }
      return root.map(MappingNode.class::cast);
    } catch (YamlEngineException e) {
      throw notConfiguration(name).cause(e).next("correct " + wrong(e)).build();
    }
  }

  /** The place and kind of a YAML syntax error, in one line. */
  static String wrong(YamlEngineException e) {
    if (e instanceof MarkedYamlEngineException marked && marked.getProblemMark().isPresent()) {
      Mark mark = marked.getProblemMark().get();
      return "line "
          + (mark.getLine() + 1)
          + ", column "
          + (mark.getColumn() + 1)
          + ": "
          + marked.getProblem();
    }
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("the file");
  }

  private static MilvusTlsException.Builder notConfiguration(String name) {
    return MilvusTlsException.failure("this is no configuration of Milvus in YAML").seen(name);
  }

  /**
   * Reads lines {@code NAME=VALUE}, as Docker's {@code --env-file} does. Any other line, except a
   * comment, is an error; otherwise its setting would be lost silently.
   */
  static ConfigSource environment(Path file) {
    List<Setting> settings = new ArrayList<>();
    int number = 0;
    for (String line : read(file).lines().map(String::strip).toList()) {
      number++;
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      String name = equals < 0 ? "" : line.substring(0, equals).strip();
      if (name.isEmpty() || name.contains(" ")) {
        throw MilvusTlsException.failure("a line of the environment is no setting")
            .seen(file + ":" + number)
            .allowed("NAME=VALUE, a comment, an empty line")
            .next("write the value that the server has there, without 'export'")
            .build();
      }
      settings.add(
          new Setting(
              name,
              unquoted(line.substring(equals + 1).strip()),
              file.toString(),
              OptionalInt.of(number)));
    }
    return new ConfigSource(file.toString(), settings, List.of());
  }

  private static String unquoted(String value) {
    boolean quoted = value.matches("\"[^\"]*\"|'[^']*'");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw MilvusTlsException.failure("the configuration cannot be read, " + why(file, e))
          .seen(file)
          .next("name a text file that exists and can be read")
          .cause(e)
          .build();
    }
  }

  /** The reason why a file cannot be read, in words. */
  static String why(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (Files.isDirectory(file)) {
      return "it is a folder";
    }
    if (e instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    return e instanceof AccessDeniedException
        ? "this user has not the permissions"
        : String.valueOf(e.getMessage());
  }

  /** Its line, from 1. */
  static OptionalInt lineOf(Node node) {
    Optional<Mark> mark = node.getStartMark();
    return mark.isPresent() ? OptionalInt.of(mark.get().getLine() + 1) : OptionalInt.empty();
  }

  /** Walks the tree of a file. */
  private static final class Reader {
    private final String name;
    private final List<Setting> settings = new ArrayList<>();
    private final List<Setting> duplicates = new ArrayList<>();

    Reader(String name) {
      this.name = name;
    }

    void mapping(String prefix, MappingNode mapping) {
      Map<String, Integer> seen = new HashMap<>();
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode keyNode) {
          String key = prefix + keyNode.getValue();
          OptionalInt line = lineOf(keyNode);
          if (seen.put(key, line.orElse(0)) != null) {
            duplicates.add(new Setting(key, "", name, line));
          }
          value(key, tuple.getValueNode(), line);
        }
      }
    }

    private void value(String key, Node node, OptionalInt line) {
      if (node instanceof MappingNode mapping) {
        mapping(key + ".", mapping);
      } else if (node instanceof ScalarNode scalar) {
        settings.add(new Setting(key, scalar.getValue(), name, line));
      }
    }
  }
}
