package org.milvustls.monitor.alert;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.milvustls.MilvusTlsException;

/**
 * Posts JSON to an address. A redirect is an error: messages go where the file says, and a token is
 * not carried elsewhere.
 */
public final class HttpPost {
  private static final int MOST_OF_ANSWER = 64 * 1024;
  private static final int SHOWN_OF_ANSWER = 200;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int REQUEST_TIMEOUT = 408;
  private final URI url;
  private final Optional<Secret> token;
  private final HttpClient client;
  private final Duration limit;

  private HttpPost(URI url, Optional<Secret> token, HttpClient client, Duration limit) {
    this.url = url;
    this.token = token;
    this.client = client;
    this.limit = limit;
  }

  /**
   * Opens the address of an entry: {@code url-env} or {@code url-file}, and {@code url} where the
   * type states that key. Reads {@code ca} too.
   */
  public static HttpPost open(ChannelOptions options) {
    boolean openly = options.mayHave("url");
    Secret address =
        options
            .secret("url")
            .or(() -> openly ? options.text("url").map(Secret::open) : Optional.empty())
            .orElseThrow(
                () ->
                    options
                        .wrong("a channel has no address")
                        .seen(options.name())
                        .allowed("url-env, url-file" + (openly ? ", url" : ""))
                        .build());
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(options.limit());
    options.trust().ifPresent(client::sslContext);
    return new HttpPost(uri(options, address), Optional.empty(), client.build(), options.limit());
  }

  /** The address may be a secret: it is never shown. */
  private static URI uri(ChannelOptions options, Secret address) {
    URI uri;
    try {
      uri = new URI(address.value());
    } catch (URISyntaxException e) {
      throw badAddress(options);
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !Set.of("http", "https").contains(scheme)) {
      throw badAddress(options);
    }
    return uri;
  }

  private static MilvusTlsException badAddress(ChannelOptions options) {
    return options
        .wrong("the address of a channel is none")
        .seen(options.name())
        .allowed("https://HOST/... or http://HOST/...")
        .build();
  }

  /** The same with a bearer token. */
  public HttpPost bearing(Optional<Secret> bearer) {
    return new HttpPost(url, bearer, client, limit);
  }

  /** The same to another address, such as one with a signature in it. */
  public HttpPost to(URI address) {
    return new HttpPost(address, token, client, limit);
  }

  /** The address, with its token if there is one: do not show it. */
  public URI url() {
    return url;
  }

  /**
   * Tries once.
   *
   * @return the text of the answer, whose status is 2xx
   */
  public String send(String json) throws UndeliveredException, InterruptedException {
    Answer answer = post(json);
    if (answer.status >= 300 && answer.status < 400) {
      throw UndeliveredException.forGood(
          url.getHost()
              + " answered "
              + answer.status
              + ", a redirect"
              + answer.location.map(to -> " to " + to).orElse("")
              + ", which is not followed: put the address of the receiver itself into the file");
    }
    if (answer.status >= 400 || answer.status < 200) {
      String why = url.getHost() + " answered " + answer.status + shown(answer.text);
      throw answer.status >= 500
              || answer.status == TOO_MANY_REQUESTS
              || answer.status == REQUEST_TIMEOUT
          ? UndeliveredException.forNow(why)
          : UndeliveredException.forGood(why);
    }
    return answer.text;
  }

  private record Answer(int status, Optional<String> location, String text) {}

  private Answer post(String json) throws UndeliveredException, InterruptedException {
    CompletableFuture<HttpResponse<InputStream>> sent =
        client.sendAsync(request(json), HttpResponse.BodyHandlers.ofInputStream());
    CompletableFuture<Answer> read = sent.thenApplyAsync(HttpPost::read);
    try {
      return read.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw UndeliveredException.forNow(
          url.getHost() + " gave no whole answer within " + limit.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw UndeliveredException.forNow(url.getHost() + " cannot be reached: " + reason(e), e);
    } finally {
      // Ends a request in progress, and a body that never ends.
      if (!sent.cancel(true) && !sent.isCompletedExceptionally()) {
        close(sent.join());
      }
    }
  }

  private HttpRequest request(String json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(limit)
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer.value()));
    return request.build();
  }

  private static Answer read(HttpResponse<InputStream> response) {
    String text;
    try (InputStream body = response.body()) {
      text = new String(body.readNBytes(MOST_OF_ANSWER), StandardCharsets.UTF_8);
    } catch (IOException e) {
      // The status has arrived. A missing error text does not matter; a missing text of DingTalk
      // fails its check.
      text = "";
    }
    return new Answer(response.statusCode(), response.headers().firstValue("Location"), text);
  }

  private static void close(HttpResponse<InputStream> response) {
    try {
      response.body().close();
    } catch (IOException e) {
      // Already closed.
    }
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static String shown(String answer) {
    String line = answer.strip().replaceAll("\\s+", " ");
    return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(SHOWN_OF_ANSWER, line.length()));
  }
}
