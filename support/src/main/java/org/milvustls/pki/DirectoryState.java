package org.milvustls.pki;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;

/** The content of {@code state.json}: the expected leaves. The files show the actual ones. */
record DirectoryState(List<LeafEntry> leaves) {
  static final String FILE = "state.json";
  private static final int VERSION = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The file as Jackson sees it. */
  private record Document(int version, List<Leaf> leaves) {}

  private record Leaf(
      String role,
      String name,
      String source,
      List<String> names,
      String keyType,
      String lifetime,
      String keyMode,
      @Nullable String p12PasswordFile,
      @Nullable String deployPending) {
    static Leaf of(LeafEntry entry) {
      return new Leaf(
          entry.role().id(),
          entry.name(),
          entry.source().id(),
          entry.names().stream().map(HostName::value).toList(),
          entry.keyType().id(),
          entry.lifetime().toString(),
          entry.keyMode().id(),
          entry.p12PasswordFile().map(Path::toString).orElse(null),
          entry.deployPending().map(Instant::toString).orElse(null));
    }

    LeafEntry toEntry() {
      return new LeafEntry(
          role.equals(LeafRole.SERVER.id()) ? LeafRole.SERVER : LeafRole.CLIENT,
          name,
          LeafSource.of(source),
          names.stream().map(HostName::of).toList(),
          KeyType.of(keyType),
          Duration.parse(lifetime),
          KeyMode.of(keyMode),
          Optional.ofNullable(p12PasswordFile).map(Path::of),
          Optional.ofNullable(deployPending).map(Instant::parse));
    }
  }

  DirectoryState {
    leaves = List.copyOf(leaves);
  }

  /** The recorded leaf, if any. */
  Optional<LeafEntry> find(LeafRole role, String name) {
    return leaves.stream().filter(leaf -> leaf.is(role, name)).findFirst();
  }

  /** A copy with this leaf; replaces one of the same role and name. */
  DirectoryState with(LeafEntry entry) {
    List<LeafEntry> changed = new ArrayList<>(leaves);
    changed.replaceAll(leaf -> leaf.is(entry.role(), entry.name()) ? entry : leaf);
    if (!changed.contains(entry)) {
      changed.add(entry);
    }
    return new DirectoryState(changed);
  }

  /** The leaves whose current files are not deployed yet. */
  List<LeafEntry> pending() {
    return leaves.stream().filter(leaf -> leaf.deployPending().isPresent()).toList();
  }

  static boolean existsIn(Path directory) {
    return Files.exists(directory.resolve(FILE));
  }

  /** The leaf of the folder that contains a file; empty outside of a certificate directory. */
  static Optional<LeafEntry> leafOf(Path file) {
    Path path = file.toAbsolutePath().normalize();
    Path directory = path.resolve("../../..").normalize();
    return existsIn(directory)
        ? readFrom(directory).leaves().stream()
            .filter(leaf -> path.startsWith(directory.resolve(leaf.path())))
            .findFirst()
        : Optional.empty();
  }

  static DirectoryState readFrom(Path directory) {
    Path file = directory.resolve(FILE);
    String text =
        FileErrors.reading(
            "cannot read what the certificate directory records",
            file,
            () -> Files.readString(file));
    try {
      Document document = JSON.readValue(text, Document.class);
      if (document.version() != VERSION) {
        throw MilvusTlsException.failure("this certificate directory has an unknown format")
            .seen(document.version())
            .allowed(String.valueOf(VERSION))
            .next("use the milvus-tls that made it")
            .build();
      }
      return new DirectoryState(document.leaves().stream().map(Leaf::toEntry).toList());
    } catch (JsonProcessingException | DateTimeException | NullPointerException e) {
      throw MilvusTlsException.failure("what the certificate directory records is damaged")
          .seen(file)
          .next("restore state.json from a copy, or start a new directory")
          .cause(e)
          .build();
    }
  }

  void writeTo(Path directory) throws IOException {
    Document document = new Document(VERSION, leaves.stream().map(Leaf::of).toList());
    PrivateFiles.replace(
        directory.resolve(FILE), JSON.writeValueAsString(document) + "\n", PrivateFiles.OWNER_ONLY);
  }
}
