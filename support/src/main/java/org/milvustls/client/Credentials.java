package org.milvustls.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * The credentials of a client for Milvus itself ({@code common.security.authorizationEnabled}): a
 * user with a password, or a token. They are independent of TLS and sent with each call. Without
 * TLS, anyone on the network path can read them. Never printed.
 */
public final class Credentials {
  private final String user;
  private final String secret;

  private Credentials(String user, String secret) {
    this.user = user;
    this.secret = secret;
  }

  /** User and password, such as {@code root} and {@code Milvus} on a new server. */
  public static Credentials password(String user, String password) {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    return new Credentials(user, user + ":" + password);
  }

  /** An API key, or {@code user:password} in one. */
  public static Credentials token(String token) {
    Objects.requireNonNull(token, "token");
    int colon = token.indexOf(':');
    return new Credentials(colon < 0 ? "" : token.substring(0, colon), token);
  }

  /** The user's name; empty for an API key. */
  public String user() {
    return user;
  }

  /** The value of the header {@code authorization}, as the SDK builds it. */
  String header() {
    return Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
  }

  /** The token in the form that the SDK's own options take. */
  String asToken() {
    return secret;
  }

  @Override
  public String toString() {
    return user.isEmpty() ? "token (not shown)" : "user " + user + " (password not shown)";
  }
}
