package org.milvustls.tls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the bodies of ClientHello, ServerHello and ServerKeyExchange. A truncated or inconsistent
 * body throws {@link java.nio.BufferUnderflowException} or {@link IllegalArgumentException}.
 */
final class Hellos {
  private static final int SERVER_NAME = 0;
  private static final int SUPPORTED_GROUPS = 10;
  private static final int ALPN = 16;
  private static final int SESSION_TICKET = 35;
  private static final int PRE_SHARED_KEY = 41;
  private static final int SUPPORTED_VERSIONS = 43;
  private static final int KEY_SHARE = 51;
  private static final int NAMED_CURVE = 3;
  private static final int TLS_1_3 = 0x0304;

  /** The fixed random of a HelloRetryRequest (RFC 8446 section 4.1.3). */
  private static final byte[] RETRY =
      HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

  private Hellos() {}

  /** A ClientHello and the session identifier in it, which TLS 1.2 resumption echoes. */
  record Offer(ClientHello hello, ByteBuffer sessionId) {}

  /** A ServerHello, or a HelloRetryRequest, which has the same form. */
  record Answer(ServerHello hello, boolean retry) {}

  static Offer clientHello(ByteBuffer body) {
    int legacyVersion = u16(body);
    skip(body, 32);
    ByteBuffer sessionId = ByteBuffer.wrap(bytes(body, u8(body)));
    List<String> suites = names(slice(body, u16(body)), TlsNames::suite);
    skip(body, u8(body));
    Extensions found = new Extensions(legacyVersion);
    if (body.hasRemaining()) {
      ByteBuffer extensions = slice(body, u16(body));
      while (extensions.hasRemaining()) {
        int type = u16(extensions);
        found.offered(type, slice(extensions, u16(extensions)));
      }
    }
    boolean tls13 = found.versions.contains("TLSv1.3");
    boolean offered = found.preSharedKey || found.ticket || (!tls13 && sessionId.hasRemaining());
    return new Offer(
        new ClientHello(
            found.versions,
            suites,
            found.groups,
            found.shares,
            Optional.ofNullable(found.serverName),
            found.alpn,
            offered),
        sessionId);
  }

  static Answer serverHello(ByteBuffer body, ByteBuffer offeredSessionId) {
    int version = u16(body);
    byte[] random = bytes(body, 32);
    ByteBuffer sessionId = ByteBuffer.wrap(bytes(body, u8(body)));
    String suite = TlsNames.suite(u16(body));
    skip(body, 1);
    Optional<String> group = Optional.empty();
    boolean preSharedKey = false;
    boolean ticket = false;
    if (body.hasRemaining()) {
      ByteBuffer extensions = slice(body, u16(body));
      while (extensions.hasRemaining()) {
        int type = u16(extensions);
        ByteBuffer value = slice(extensions, u16(extensions));
        switch (type) {
          case SUPPORTED_VERSIONS -> version = u16(value);
          case KEY_SHARE -> group = Optional.of(TlsNames.group(u16(value)));
          case PRE_SHARED_KEY -> preSharedKey = true;
          case SESSION_TICKET -> ticket = true;
          default -> {}
        }
      }
    }
    boolean resumed =
        version >= TLS_1_3
            ? preSharedKey
            : sessionId.hasRemaining() && sessionId.equals(offeredSessionId);
    return new Answer(
        new ServerHello(TlsNames.protocol(version), suite, group, resumed, ticket),
        Arrays.equals(random, RETRY));
  }

  /** The group of an ephemeral ECDH key (RFC 8422 section 5.4), if it is one. */
  static Optional<String> keyExchangeGroup(ByteBuffer body) {
    return body.remaining() >= 3 && u8(body) == NAMED_CURVE
        ? Optional.of(TlsNames.group(u16(body)))
        : Optional.empty();
  }

  private static final class Extensions {
    private List<String> versions;
    private List<String> groups = List.of();
    private List<String> shares = List.of();
    private List<String> alpn = List.of();
    private @Nullable String serverName;
    private boolean preSharedKey;
    private boolean ticket;

    Extensions(int legacyVersion) {
      this.versions = List.of(TlsNames.protocol(legacyVersion));
    }

    void offered(int type, ByteBuffer value) {
      switch (type) {
        case SUPPORTED_VERSIONS -> versions = names(slice(value, u8(value)), TlsNames::protocol);
        case SUPPORTED_GROUPS -> groups = names(slice(value, u16(value)), TlsNames::group);
        case KEY_SHARE -> shares = keyShares(slice(value, u16(value)));
        case ALPN -> alpn = protocols(slice(value, u16(value)));
        case SERVER_NAME -> serverName = serverName(slice(value, u16(value)));
        case PRE_SHARED_KEY -> preSharedKey = true;
        case SESSION_TICKET -> ticket = value.hasRemaining();
        default -> {}
      }
    }

    private static List<String> keyShares(ByteBuffer list) {
      List<String> found = new ArrayList<>();
      while (list.hasRemaining()) {
        int group = u16(list);
        skip(list, u16(list));
        if (!TlsNames.isGrease(group)) {
          found.add(TlsNames.group(group));
        }
      }
      return found;
    }

    private static List<String> protocols(ByteBuffer list) {
      List<String> found = new ArrayList<>();
      while (list.hasRemaining()) {
        found.add(new String(bytes(list, u8(list)), StandardCharsets.US_ASCII));
      }
      return found;
    }

    private static String serverName(ByteBuffer list) {
      skip(list, 1);
      return new String(bytes(list, u16(list)), StandardCharsets.US_ASCII);
    }
  }

  private static List<String> names(ByteBuffer numbers, IntFunction<String> name) {
    List<String> found = new ArrayList<>();
    while (numbers.hasRemaining()) {
      int number = u16(numbers);
      if (!TlsNames.isGrease(number)) {
        found.add(name.apply(number));
      }
    }
    return found;
  }

  private static int u8(ByteBuffer in) {
    return in.get() & 0xff;
  }

  private static int u16(ByteBuffer in) {
    return in.getShort() & 0xffff;
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    ByteBuffer part = slice(in, length);
    byte[] copy = new byte[length];
    part.get(copy);
    return copy;
  }

  private static void skip(ByteBuffer in, int length) {
    slice(in, length);
  }

  private static ByteBuffer slice(ByteBuffer in, int length) {
    if (length > in.remaining()) {
      throw new IllegalArgumentException("length beyond the message");
    }
    ByteBuffer part = in.slice(in.position(), length);
    in.position(in.position() + length);
    return part;
  }
}
