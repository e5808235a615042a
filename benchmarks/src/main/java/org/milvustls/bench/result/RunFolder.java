package org.milvustls.bench.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.scenario.Plan;

/**
 * A run on disk. Only {@code measurements.jsonl} grows. Every other file is written under a
 * temporary name and then renamed, so a final name never has a partial file.
 */
public final class RunFolder {
  private static final String PLAN = "plan.json";
  private static final String MEASUREMENTS = "measurements.jsonl";
  private static final String ENVIRONMENT = "environment.json";
  private static final String SUMMARY = "summary.json";

  /** Number of characters shown of a text that cannot be read. */
  private static final int SHOWN = 60;

  private final Path root;
  private final ObjectMapper json = Json.mapper();

  private RunFolder(Path root) {
    this.root = root;
  }

  /** Creates a new run folder; refuses one that exists and is not empty. */
  public static RunFolder create(Path root) {
    try {
      if (Files.exists(root.resolve(PLAN))) {
        throw MilvusTlsException.usage("the folder already holds a run")
            .seen(root)
            .next("give another --out, or go on with it: --resume " + root)
            .build();
      }
      Files.createDirectories(root.resolve("raw"));
      Files.createDirectories(root.resolve("charts"));
      return new RunFolder(root);
    } catch (IOException e) {
      throw cannotWrite(root, e);
    }
  }

  /** Removes the folder if it is empty. */
  public void discardIfEmpty() {
    for (Path folder : List.of(raw(), root.resolve("charts"), root)) {
      deleteQuietly(folder);
    }
  }

  /** Opens a run folder to read or resume it; refuses a folder without a plan. */
  public static RunFolder open(Path root) {
    if (!Files.isRegularFile(root.resolve(PLAN))) {
      throw MilvusTlsException.failure("not a run folder: it has no " + PLAN)
          .seen(root)
          .next("name a folder that './run-benchmarks.sh' has written, such as results/<run-id>")
          .build();
    }
    return new RunFolder(root);
  }

  public Path root() {
    return root;
  }

  /** The run's name: that of its folder. */
  public String id() {
    return root.toAbsolutePath().normalize().getFileName().toString();
  }

  /** Folder of the files that JMH and the forks write. */
  public Path raw() {
    return root.resolve("raw");
  }

  public void writePlan(Plan plan) {
    write(PLAN, pretty(plan));
  }

  public Plan readPlan() {
    return read(PLAN, Plan.class, Plan.SCHEMA);
  }

  public void writeEnvironment(Environment environment) {
    write(ENVIRONMENT, pretty(environment));
  }

  /** The environment, absent in a run that was interrupted before it was captured. */
  public Optional<Environment> readEnvironment() {
    return Files.exists(root.resolve(ENVIRONMENT))
        ? Optional.of(read(ENVIRONMENT, Environment.class, Environment.SCHEMA))
        : Optional.empty();
  }

  public void writeSummary(Summary summary) {
    write(SUMMARY, pretty(summary));
  }

  /** Writes a text of the report. */
  public void write(String name, String text) {
    write(name, text.getBytes(UTF_8));
  }

  /** Writes a file of the report, such as {@code charts/connect.png}. */
  public void write(String name, byte[] content) {
    writeBeside(root.resolve(name), content);
  }

  /**
   * Writes a whole file under a temporary name and renames it, inside a run folder or beside one.
   */
  public static void writeBeside(Path target, byte[] content) {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      Files.write(part, content);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      deleteQuietly(part);
      throw cannotWrite(target, e);
    }
  }

  /**
   * Appends one line and forces it to the disk before it returns. Removes a line that does not fit
   * on the disk, so the file never ends in a partial line.
   */
  public void append(Measurement measurement) {
    Path file = root.resolve(MEASUREMENTS);
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = lastWholeLine(channel);
      try {
        ByteBuffer line =
            ByteBuffer.wrap((json.writeValueAsString(measurement) + "\n").getBytes(UTF_8));
        channel.position(end);
        while (line.hasRemaining()) {
          channel.write(line);
        }
        channel.truncate(channel.position());
        channel.force(true);
      } catch (IOException e) {
        channel.truncate(end);
        throw e;
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /**
   * Position of the next line: after the last line feed. The next line overwrites the partial line
   * of a crash.
   */
  private static long lastWholeLine(FileChannel channel) throws IOException {
    long position = channel.size();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (position > 0) {
      one.clear();
      channel.read(one, position - 1);
      if (one.get(0) == '\n') {
        return position;
      }
      position--;
    }
    return 0;
  }

  /**
   * The measurements so far.
   *
   * @param lines whole lines, in the order in which they were written
   * @param cutLine whether a last line without its end was left out
   */
  public record Measurements(List<Measurement> lines, boolean cutLine) {
    public Measurements {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Reads the measurements. A cut last line is left out and reported; any other damage is an error
   * that names the line.
   */
  public Measurements readMeasurements() {
    Path file = root.resolve(MEASUREMENTS);
    if (!Files.exists(file)) {
      return new Measurements(List.of(), false);
    }
    String text = text(file);
    List<Measurement> lines = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.add(
          parse(
              text.substring(start, end),
              MEASUREMENTS + " line " + (lines.size() + 1),
              Measurement.class,
              Measurement.SCHEMA));
      start = end + 1;
    }
    return new Measurements(lines, start < text.length());
  }

  private <T> T read(String name, Class<T> type, int schema) {
    return parse(text(root.resolve(name)), name, type, schema);
  }

  private <T> T parse(String text, String where, Class<T> type, int schema) {
    try {
      JsonNode tree = json.readTree(text);
      int found = tree.path("schema").asInt(0);
      if (found > schema) {
        throw MilvusTlsException.failure(
                "the run was written by a newer version: schema of " + where)
            .seen(found)
            .allowed("up to " + schema)
            .next("use the version that wrote it, or a newer one")
            .build();
      }
      T value = json.treeToValue(tree, type);
      if (value == null) {
        throw damaged(text, where, null);
      }
      return value;
    } catch (JsonProcessingException e) {
      throw damaged(text, where, e);
    }
  }

  private MilvusTlsException damaged(
      String text, String where, @Nullable JsonProcessingException cause) {
    MilvusTlsException.Builder error =
        MilvusTlsException.failure("cannot read " + where + " in " + root)
            .seen(start(text))
            .next("the file is damaged or no JSON of a run: take it from a copy, or measure again");
    if (cause != null) {
      error.cause(cause);
    }
    return error.build();
  }

  /** The start of a text, to recognize it. */
  private static String start(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw MilvusTlsException.failure("cannot read " + file)
          .seen("bytes that are no UTF-8 text")
          .next("the file is damaged: take it from a copy, or measure again")
          .cause(e)
          .build();
    } catch (IOException e) {
      throw MilvusTlsException.failure("cannot read " + file)
          .seen(e instanceof AccessDeniedException ? "permission denied" : e)
          .next("check that the file is there and its permissions")
          .cause(e)
          .build();
    }
  }

  private String pretty(Object value) {
    try {
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The caller reports the first error, which matters more.
    }
  }

  private static MilvusTlsException cannotWrite(Path where, IOException cause) {
    return MilvusTlsException.failure("cannot write " + where)
        .seen(cause)
        .next("free some space, check its permissions, or give another folder with --out")
        .cause(cause)
        .build();
  }
}
