package org.milvustls.monitor.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts to a custom robot of DingTalk. "milvus-tls" stands in each message, for its keyword filter.
 */
public final class DingTalkType implements AlertChannelType {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** System busy; sends too fast. */
  private static final Set<Integer> BUSY = Set.of(-1, 130101);

  @Override
  public String type() {
    return "dingtalk";
  }

  @Override
  public Set<String> keys() {
    return Set.of("url-env", "url-file", "secret-env", "secret-file", "ca");
  }

  @Override
  public AlertChannel open(ChannelOptions options) {
    Optional<Secret> key = options.secret("secret");
    HttpPost post = HttpPost.open(options);
    return message -> {
      URI url = key.map(secret -> signed(post.url(), secret, Instant.now())).orElse(post.url());
      check(post.to(url).send(body(message)));
    };
  }

  private static String body(Message message) {
    ObjectNode root = JSON.createObjectNode().put("msgtype", "text");
    root.putObject("text").put("content", "milvus-tls\n" + message.text());
    return root.toString();
  }

  /** DingTalk's signature: HMAC-SHA-256 of time stamp and key, with the key. */
  private static URI signed(URI url, Secret key, Instant at) {
    long millis = at.toEpochMilli();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] sign = mac.doFinal((millis + "\n" + key.value()).getBytes(StandardCharsets.UTF_8));
      String encoded =
          URLEncoder.encode(Base64.getEncoder().encodeToString(sign), StandardCharsets.UTF_8);
      String separator = url.getRawQuery() == null ? "?" : "&";
      return URI.create(url + separator + "timestamp=" + millis + "&sign=" + encoded);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }

  /** DingTalk answers 200 whatever happens; {@code errcode} counts. */
  private static void check(String answer) throws UndeliveredException {
    JsonNode read;
    try {
      read = JSON.readTree(answer);
    } catch (JsonProcessingException e) {
      throw UndeliveredException.forGood("the answer is not DingTalk's: not JSON");
    }
    JsonNode code = read.path("errcode");
    if (!code.isInt()) {
      throw UndeliveredException.forGood("the answer is not DingTalk's: no errcode");
    }
    if (code.intValue() != 0) {
      String why = "errcode " + code.intValue() + ", " + read.path("errmsg").asText();
      throw BUSY.contains(code.intValue())
          ? UndeliveredException.forNow(why)
          : UndeliveredException.forGood(why);
    }
  }
}
