package org.milvustls.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.milvustls.client.DemoCollection;
import org.milvustls.tls.TlsMode;

/** The next useful commands, ready to paste into a shell in the same folder. */
final class NextCommands {
  /** The user's name of the command; the launcher sets it. */
  private static final String PROGRAM = System.getProperty("milvustls.command", "./milvus-tls");

  private static final int DEFAULT_PORT = 19530;
  private static final Path DEFAULT_DIRECTORY = Path.of("certs");

  private NextCommands() {}

  /**
   * Commands for a development server with these certificates, and for the settings of another
   * server.
   */
  static List<String> afterInit(Path directory, boolean clients) {
    List<String> options = new ArrayList<>();
    if (!here(directory).equals(DEFAULT_DIRECTORY)) {
      options.addAll(List.of("--dir", ShellWord.of(here(directory))));
    }
    if (clients) {
      options.addAll(List.of("--tls", TlsMode.MUTUAL.id()));
    }
    return List.of(line("up", options, "--demo"), line("config render", options));
  }

  /** Commands for a connection step by step, and for a search if there is a collection. */
  static List<String> afterUp(int port, TlsMode mode, UpCertificates files, boolean demo) {
    List<String> options = new ArrayList<>();
    if (port != DEFAULT_PORT) {
      options.addAll(List.of("--port", Integer.toString(port)));
    }
    if (mode != TlsMode.SERVER) {
      options.addAll(List.of("--tls", mode.id()));
    }
    if (mode.isEncrypted()) {
      options.addAll(List.of("--ca", ShellWord.of(here(files.directory().trustAnchors()))));
    }
    files
        .client()
        .ifPresent(
            client -> {
              options.addAll(List.of("--cert", ShellWord.of(here(client.certificate()))));
              options.addAll(List.of("--key", ShellWord.of(here(client.key()))));
            });
    files.serverName().ifPresent(name -> options.addAll(List.of("--server-name", name)));
    String connect = line("connect", options);
    return demo
        ? List.of(
            connect,
            line("search --collection " + DemoCollection.NAME + " --random --limit 3", options))
        : List.of(connect);
  }

  private static String line(String command, List<String> options, String... more) {
    List<String> words = new ArrayList<>(List.of(PROGRAM, command));
    words.addAll(options);
    words.addAll(List.of(more));
    return String.join(" ", words);
  }

  /** The relative path of a file below the working directory. */
  private static Path here(Path file) {
    Path working = Path.of("").toAbsolutePath();
    Path absolute = file.toAbsolutePath();
    return absolute.startsWith(working) ? working.relativize(absolute) : absolute;
  }
}
