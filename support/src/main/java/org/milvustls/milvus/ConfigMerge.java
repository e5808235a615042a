package org.milvustls.milvus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Merges settings into an existing milvus.yaml. Replaces existing values in their line and adds
 * others to their block. Comments, order and all other values stay. A second block of the same name
 * would instead reset the rest of it to defaults.
 */
public final class ConfigMerge {
  private static final LoadSettings YAML =
      LoadSettings.builder().setAllowDuplicateKeys(true).setUseMarks(true).build();

  private ConfigMerge() {}

  /**
   * Merges into a file atomically, and keeps the former text as {@code FILE.bak}. Follows a
   * symbolic link and changes its target.
   *
   * @return whether the file changed
   */
  public static boolean into(Path file, Map<String, String> settings) {
    try {
      String text = Files.readString(file);
      String merged = merge(text, settings);
      if (merged.equals(text)) {
        return false;
      }
      Path target = file.toRealPath();
      Path part = Files.createTempFile(target.getParent(), "milvus-", ".part");
      try {
        Files.copy(
            file, part, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(part, merged);
        Files.copy(
            file,
            file.resolveSibling(file.getFileName() + ".bak"),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
      return true;
    } catch (IOException e) {
      throw MilvusTlsException.failure(
              "the configuration could not be changed, " + ConfigSource.why(file, e))
          .seen(file)
          .next("name a text file that exists, in a folder that can be written")
          .cause(e)
          .build();
    }
  }

  static String merge(String text, Map<String, String> settings) {
    String merged = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    if (settings.entrySet().stream().allMatch(setting -> has(text, setting))) {
      return text;
    }
    List<Map.Entry<String, String>> backwards = new ArrayList<>(settings.entrySet());
    // Each is inserted first in its block, so the last one goes first to keep their order.
    Collections.reverse(backwards);
    for (Map.Entry<String, String> setting : backwards) {
      merged = put(merged, setting.getKey(), setting.getValue());
    }
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      if (!has(merged, setting)) {
        throw notMergeable(setting.getKey(), "a later line of the file sets it otherwise");
      }
    }
    return merged;
  }

  private static boolean has(String text, Map.Entry<String, String> setting) {
    return ConfigSource.yaml("milvus.yaml", text).settings().stream()
        .filter(found -> found.name().equals(Setting.nameOf(setting.getKey())))
        .reduce((first, second) -> second)
        .map(found -> found.value().equals(setting.getValue()))
        .orElse(false);
  }

  /** Sets one value. Parses the text again each time, because marks belong to the current text. */
  private static String put(String text, String key, String value) {
    String[] levels = key.split("\\.");
    Optional<MappingNode> block = root(text);
    int depth = 0;
    @Nullable Node parentKey = null;
    while (block.isPresent()) {
      if (block.get().getFlowStyle() == FlowStyle.FLOW && !block.get().getValue().isEmpty()) {
        throw notMergeable(key, "its block is written in braces");
      }
      Optional<NodeTuple> entry = find(block.get(), levels[depth]);
      if (entry.isEmpty()) {
        break;
      }
      Node found = entry.get().getValueNode();
      depth++;
      if (depth == levels.length) {
        return replace(text, key, entry.get(), value);
      }
      parentKey = entry.get().getKeyNode();
      block = found instanceof MappingNode mapping ? Optional.of(mapping) : Optional.empty();
      if (block.isEmpty() && !isEmpty(found)) {
        throw notMergeable(key, levels[depth - 1] + " is a value there and not a block");
      }
    }
    return insert(text, levels, depth, parentKey, block, value);
  }

  private static Optional<MappingNode> root(String text) {
    try {
      Optional<Node> root = new Compose(YAML).composeString(text);
      if (root.isPresent() && !(root.get() instanceof MappingNode)) {
        throw notMergeable("milvus.yaml", "it is no configuration of Milvus");
      }
      return root.map(MappingNode.class::cast);
    } catch (YamlEngineException e) {
      throw MilvusTlsException.failure("this is no YAML")
          .cause(e)
          .next("correct " + ConfigSource.wrong(e))
          .build();
    }
  }

  private static MilvusTlsException notMergeable(String key, String why) {
    return MilvusTlsException.failure("the setting cannot be merged, since " + why)
        .seen(key)
        .next("put it there by hand, then run 'milvus-tls config check'")
        .build();
  }

  /** The last entry of that name in any case, which overrides the others. */
  private static Optional<NodeTuple> find(MappingNode block, String level) {
    return block.getValue().stream()
        .filter(
            tuple ->
                tuple.getKeyNode() instanceof ScalarNode name
                    && name.getValue().equalsIgnoreCase(level))
        .reduce((first, second) -> second);
  }

  private static boolean isEmpty(Node node) {
    return node instanceof ScalarNode scalar && scalar.getValue().isEmpty();
  }

  private static String replace(String text, String key, NodeTuple entry, String value) {
    if (!(entry.getValueNode() instanceof ScalarNode old)) {
      throw notMergeable(key, "there is a block where a value belongs");
    }
    if (old.getValue().equals(value)) {
      return text;
    }
    int keyEnd = entry.getKeyNode().getEndMark().orElseThrow().getIndex();
    int colon = offset(text, keyEnd);
    int start =
        isEmpty(old)
            ? text.indexOf(':', colon) + 1
            : offset(text, old.getStartMark().orElseThrow().getIndex());
    int end = isEmpty(old) ? start : offset(text, old.getEndMark().orElseThrow().getIndex());
    return text.substring(0, start) + (isEmpty(old) ? " " : "") + value + text.substring(end);
  }

  /** Adds the missing levels below the deepest existing block. */
  private static String insert(
      String text,
      String[] levels,
      int depth,
      @Nullable Node parentKey,
      Optional<MappingNode> block,
      String value) {
    int indent =
        block
            .filter(mapping -> !mapping.getValue().isEmpty())
            .map(
                mapping ->
                    mapping.getValue().get(0).getKeyNode().getStartMark().orElseThrow().getColumn())
            .orElse(parentKey == null ? 0 : parentKey.getStartMark().orElseThrow().getColumn() + 2);
    StringBuilder lines = new StringBuilder();
    for (int i = depth; i < levels.length; i++) {
      lines.append(" ".repeat(indent + 2 * (i - depth))).append(levels[i]).append(':');
      lines.append(i == levels.length - 1 ? " " + value + "\n" : "\n");
    }
    if (parentKey == null) {
      return text + lines;
    }
    int line = text.indexOf('\n', offset(text, parentKey.getEndMark().orElseThrow().getIndex()));
    return text.substring(0, line + 1) + lines + text.substring(line + 1);
  }

  /** Marks count code points, strings count UTF-16 units. */
  private static int offset(String text, int codePoints) {
    return text.offsetByCodePoints(0, codePoints);
  }
}
