package org.milvustls.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.milvustls.bench.Patience;

/**
 * A headless Chromium with one tab, spoken to by the DevTools protocol
 * (https://chromedevtools.github.io/devtools-protocol/). Every wait has a limit.
 */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");
  private static final Pattern ENDPOINT = Pattern.compile("DevTools listening on (ws://\\S+)");

  private final Process process;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final WebSocket socket;
  private final String session;

  private Chromium(Process process, URI endpoint) {
    this.process = process;
    this.socket =
        get(HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(endpoint, new Listener()));
    String target =
        send("Target.createTarget", Map.of("url", "about:blank"), "").get("targetId").asText();
    this.session =
        send("Target.attachToTarget", Map.of("targetId", target, "flatten", true), "")
            .get("sessionId")
            .asText();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  /** The program, where there is one. */
  static Optional<Path> installed() {
    return Stream.concat(
            Stream.ofNullable(System.getenv("MILVUS_TLS_CHROMIUM")).map(Path::of),
            Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name))))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium start(Path program, Path profile) throws IOException {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return new Chromium(process, endpoint(process));
    } catch (RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /**
   * Chromium says on stderr where it listens; what follows there is read so that it never blocks.
   */
  private static URI endpoint(Process process) {
    CompletableFuture<URI> found = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
                lines.lines().forEach(line -> endpoint(line).ifPresent(found::complete));
              } catch (IOException e) {
                found.completeExceptionally(e);
              }
              found.completeExceptionally(new IllegalStateException("Chromium ended"));
            },
            "chromium-stderr");
    reader.setDaemon(true);
    reader.start();
    return get(found);
  }

  private static Optional<URI> endpoint(String line) {
    Matcher matcher = ENDPOINT.matcher(line);
    return matcher.find() ? Optional.of(URI.create(matcher.group(1))) : Optional.empty();
  }

  private static <T> T get(CompletableFuture<T> future) {
    return future.orTimeout(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  JsonNode call(String method, Map<String, ?> parameters) {
    return send(method, parameters, session);
  }

  private JsonNode send(String method, Map<String, ?> parameters, String toSession) {
    int id = ids.incrementAndGet();
    var message = json.createObjectNode().put("id", id).put("method", method);
    message.set("params", json.valueToTree(parameters));
    if (!toSession.isEmpty()) {
      message.put("sessionId", toSession);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    get(socket.sendText(message.toString(), true));
    JsonNode answered = get(answer);
    if (answered.has("error")) {
      throw new IllegalStateException(method + ": " + answered.get("error"));
    }
    return answered.get("result");
  }

  /** Opens a file and waits until it is loaded. */
  void open(Path file) {
    events.clear();
    call("Page.navigate", Map.of("url", file.toUri().toString()));
    evaluate(
        "new Promise(r => document.readyState === 'complete' ? r() : addEventListener('load', r))");
  }

  /** The value of an expression in the page, promises waited for. */
  JsonNode evaluate(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(answer.get("exceptionDetails").toString());
    }
    return answer.get("result").path("value");
  }

  /** What the browser complained about since the page was opened. */
  List<String> complaints() {
    return events.stream()
        .filter(
            event ->
                switch (event.get("method").asText()) {
                  case "Runtime.exceptionThrown" -> true;
                  case "Log.entryAdded", "Runtime.consoleAPICalled" -> true;
                  default -> false;
                })
        .map(JsonNode::toString)
        .toList();
  }

  /** Addresses that were asked for since the page was opened. */
  List<String> requests() {
    return events.stream()
        .filter(event -> event.get("method").asText().equals("Network.requestWillBeSent"))
        .map(event -> event.get("params").get("request").get("url").asText())
        .toList();
  }

  void size(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  void scheme(String scheme) {
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** The whole page as a picture. */
  byte[] picture() {
    return bytes(
        call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true)));
  }

  byte[] pdf() {
    return bytes(
        call("Page.printToPDF", Map.of("preferCSSPageSize", true, "printBackground", false)));
  }

  private static byte[] bytes(JsonNode answer) {
    return Base64.getDecoder().decode(answer.get("data").asText());
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    get(process.onExit());
  }

  private final class Listener implements WebSocket.Listener {
    private final List<CharSequence> parts = new ArrayList<>();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      parts.add(data.toString());
      if (last) {
        received(String.join("", parts));
        parts.clear();
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }

    private void received(String text) {
      try {
        JsonNode message = json.readTree(text);
        if (message.has("id")) {
          Objects.requireNonNull(waiting.remove(message.get("id").asInt())).complete(message);
        } else {
          events.add(message);
        }
      } catch (IOException e) {
        throw new IllegalStateException(text, e);
      }
    }
  }
}
