package org.milvustls.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.client.DemoCollection;
import org.milvustls.client.SecureMilvus;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.server.MilvusServer;
import org.milvustls.server.MilvusServers;
import org.milvustls.server.ServerChoice;
import org.milvustls.server.ServerKind;
import org.milvustls.server.ServerRequest;
import org.milvustls.tls.TlsMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code up}: runs a Milvus with TLS for development, until Ctrl-C. */
@Command(
    name = "up",
    description = {
      "Starts a Milvus with TLS for development, makes certificates if there are none, prints how"
          + " to connect, and runs until Ctrl-C or SIGTERM."
    },
    footer = {"  milvus-tls up --demo", "  milvus-tls up --tls mutual --data ./milvus-data"})
final class UpCommand implements Callable<Integer> {
  private static final int MILVUS_PORT = 19530;

  /**
   * Interval of the checks that Milvus still runs; a container has no local process to wait for.
   */
  private static final long LOOK_MILLIS = 500;

  @Mixin private LeafOptions.Directory directory = new LeafOptions.Directory();

  @Option(
      names = "--tls",
      paramLabel = "MODE",
      converter = Converters.OfTlsMode.class,
      description = "off, server or mutual. Default: server.")
  private TlsMode mode = TlsMode.SERVER;

  @Option(
      names = "--server",
      paramLabel = "KIND",
      converter = Converters.OfServerKind.class,
      description =
          "auto, embedded or container. Default: auto, a container where one can be had, else"
              + " embedded.")
  private ServerKind kind = ServerKind.AUTO;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = Converters.OfPort.class,
      description = "Port of gRPC. Default: 19530.")
  private int port = MILVUS_PORT;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep the data there. Default: thrown away at the end.")
  private @Nullable Path data;

  @Option(
      names = "--demo",
      description =
          "Make the collection '"
              + DemoCollection.NAME
              + "' with a few vectors for a first search, unless it is there.")
  private boolean demo;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "Image of the container. Default: " + ServerRequest.DEFAULT_IMAGE + ".")
  private String image = ServerRequest.DEFAULT_IMAGE;

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description =
          "Write how to connect into this file as JSON when the server is ready; the file is"
              + " deleted at the end.")
  private @Nullable Path readyFile;

  @Option(names = "--json", description = "Print how to connect as JSON.")
  private boolean json;

  @Option(
      names = "--fetch",
      description = "Only fetch and unpack the embedded server, and print its folder.")
  private boolean fetchOnly;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    if (fetchOnly) {
      print(MilvusServers.fetchEmbedded().toString());
      return ExitCodes.OK;
    }
    deleteOfLastTime();
    CertificateDirectory certificates = directory.open();
    UpCertificates files = UpCertificates.prepare(certificates, mode);
    ServerRequest request = request(files);
    ServerChoice choice = MilvusServers.choose(request);
    if (choice.isAvailable()) {
      note(choice.reason());
    }
    try (MilvusServer server = MilvusServers.start(request, choice)) {
      if (demo) {
        prepareDemo(server, files);
      }
      ReadyMessage ready = new ReadyMessage(server, files, data, demo);
      print(json ? ready.json() : ready.text());
      ready.warnings().forEach(this::note);
      if (readyFile != null) {
        writeAtomically(readyFile, ready.json());
      }
      return hold(server);
    }
  }

  private void prepareDemo(MilvusServer server, UpCertificates files) {
    try (SecureMilvus milvus = SecureMilvus.connect(files.connection(server))) {
      note(
          DemoCollection.prepare(milvus)
              ? "Made the collection '%s': %d vectors of dimension %d."
                  .formatted(DemoCollection.NAME, DemoCollection.VECTORS, DemoCollection.DIMENSION)
              : "The collection '"
                  + DemoCollection.NAME
                  + "' is there already: nothing was added.");
    }
  }

  private ServerRequest request(UpCertificates files) {
    if (kind == ServerKind.EXTERNAL) {
      throw MilvusTlsException.usage("'up' starts a server; an external one runs already")
          .seen(kind)
          .allowed("auto, embedded, container")
          .next("run 'milvus-tls connect' to check a server that runs")
          .build();
    }
    ServerRequest.Builder request = ServerRequest.builder(mode).kind(kind).port(port).image(image);
    if (data != null) {
      request.dataFolder(data);
    }
    files
        .server()
        .ifPresent(
            server ->
                request
                    .certificate(server.certificate(), server.key())
                    .clientCa(server.clientCa()));
    return request.build();
  }

  /** Waits until the server ends by itself, which is a failure; signals end the JVM. */
  private static int hold(MilvusServer server) throws InterruptedException {
    while (server.isAlive()) {
      Thread.sleep(LOOK_MILLIS);
    }
    if (isJvmEnding()) {
      return ExitCodes.OK;
    }
    throw MilvusTlsException.failure(
            "Milvus ended by itself; its log ends\n    "
                + String.join("\n    ", server.logTail(10)))
        .next("start it again")
        .build();
  }

  /**
   * On a signal the shutdown hooks stop the server, and the JVM ends with the code of the signal.
   */
  private static boolean isJvmEnding() {
    Thread hook = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException shutdownInProgress) {
      return true;
    }
  }

  /** Deletes the ready file of a killed run, which would be wrong for this one. */
  private void deleteOfLastTime() {
    if (readyFile == null) {
      return;
    }
    try {
      Files.deleteIfExists(readyFile);
    } catch (IOException e) {
      throw readyFileUnusable(readyFile, e);
    }
    if (!Files.isWritable(Objects.requireNonNull(readyFile.toAbsolutePath().getParent()))) {
      throw readyFileUnusable(readyFile, new AccessDeniedException(readyFile.toString()));
    }
  }

  private static MilvusTlsException readyFileUnusable(Path file, IOException cause) {
    return MilvusTlsException.failure("the ready file cannot be written")
        .seen(file)
        .next("name a file in a folder that can be written")
        .cause(cause)
        .build();
  }

  private static void writeAtomically(Path file, String text) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(part, text + System.lineSeparator());
      // Signals end the JVM without running any finally block.
      file.toFile().deleteOnExit();
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw readyFileUnusable(file, e);
    }
  }

  private void print(String text) {
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
  }

  private void note(String text) {
    spec.commandLine().getErr().println(text);
    spec.commandLine().getErr().flush();
  }
}
