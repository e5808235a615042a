package org.milvustls.monitor.alert;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sends messages by HTTP. A redirect is an error: messages go only to the configured address, and a
 * token never goes elsewhere.
 */
final class HttpChannel implements AlertChannel {
  private static final int MOST_OF_ANSWER = 64 * 1024;
  private static final int SHOWN_OF_ANSWER = 200;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int REQUEST_TIMEOUT = 408;
  private final String name;
  private final HttpForm form;
  private final URI url;
  private final Optional<Secret> key;
  private final HttpClient client;
  private final Duration limit;

  /**
   * A channel.
   *
   * @param url with its token, if any; never shown
   * @param key bearer token of a webhook, signing key of DingTalk
   * @param client HTTP client that follows no redirect
   * @param limit for one attempt, from the connection to the end of the answer
   */
  HttpChannel(
      String name,
      HttpForm form,
      URI url,
      Optional<Secret> key,
      HttpClient client,
      Duration limit) {
    this.name = name;
    this.form = form;
    this.url = url;
    this.key = key;
    this.client = client;
    this.limit = limit;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void send(Message message) throws UndeliveredException, InterruptedException {
    Answer answer = post(message);
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
          ? UndeliveredException.forNow(why, null)
          : UndeliveredException.forGood(why);
    }
    form.check(answer.text);
  }

  private record Answer(int status, Optional<String> location, String text) {}

  private Answer post(Message message) throws UndeliveredException, InterruptedException {
    CompletableFuture<HttpResponse<InputStream>> sent =
        client.sendAsync(request(message), HttpResponse.BodyHandlers.ofInputStream());
    CompletableFuture<Answer> read = sent.thenApplyAsync(HttpChannel::read);
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

  private HttpRequest request(Message message) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(form == HttpForm.DINGTALK ? signed(Instant.now()) : url)
            .timeout(limit)
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(form.body(message).toString()));
    if (form != HttpForm.DINGTALK) {
      key.ifPresent(token -> request.header("Authorization", "Bearer " + token.value()));
    }
    return request.build();
  }

  /** DingTalk's signature: HMAC-SHA-256 of time stamp and key, with the key. */
  private URI signed(Instant at) {
    if (key.isEmpty()) {
      return url;
    }
    long millis = at.toEpochMilli();
    byte[] secret = key.get().value().getBytes(StandardCharsets.UTF_8);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] sign =
          mac.doFinal((millis + "\n" + key.get().value()).getBytes(StandardCharsets.UTF_8));
      String encoded =
          URLEncoder.encode(Base64.getEncoder().encodeToString(sign), StandardCharsets.UTF_8);
      String separator = url.getRawQuery() == null ? "?" : "&";
      return URI.create(url + separator + "timestamp=" + millis + "&sign=" + encoded);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
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
