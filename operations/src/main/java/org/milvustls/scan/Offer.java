package org.milvustls.scan;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * The content of one ClientHello, and its encoding (RFC 8446 section 4.1.2, RFC 5246 section
 * 7.4.1.2).
 *
 * @param protocol the only version
 * @param suites numbers of cipher suites
 * @param groups numbers of named groups
 * @param schemes numbers of signature schemes
 * @param serverName for server name indication; an address is not sent
 * @param keyShare whether TLS 1.3 gets a key share of X25519; without one the server names its
 *     group in a HelloRetryRequest
 */
record Offer(
    Protocol protocol,
    List<Integer> suites,
    List<Integer> groups,
    List<Integer> schemes,
    Optional<String> serverName,
    boolean keyShare) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int RANDOM_BYTES = 32;
  private static final int HANDSHAKE_RECORD = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int X25519 = 0x001d;

  Offer {
    suites = List.copyOf(suites);
    groups = List.copyOf(groups);
    schemes = List.copyOf(schemes);
  }

  Offer withSuites(List<Integer> other) {
    return new Offer(protocol, other, groups, schemes, serverName, keyShare);
  }

  Offer withGroups(List<Integer> other) {
    return new Offer(protocol, suites, other, schemes, serverName, keyShare);
  }

  Offer withSchemes(List<Integer> other) {
    return new Offer(protocol, suites, groups, other, serverName, keyShare);
  }

  Offer withKeyShare(boolean at) {
    return new Offer(protocol, suites, groups, schemes, serverName, at);
  }

  /** A TLS record with the ClientHello. */
  byte[] bytes() {
    Block hello = new Block();
    hello.number(2, Math.min(protocol.wireValue(), Protocol.TLS_1_2.wireValue()));
    hello.bytes(random());
    // A session identifier requests compatibility mode from a TLS 1.3 server, which does not affect
    // this scan. Below TLS 1.3 it would request a missing session.
    hello.number(1, 0);
    hello.block(2, block -> suites.forEach(suite -> block.number(2, suite)));
    hello.number(1, 1);
    hello.number(1, 0);
    hello.block(2, this::extensions);

    Block message = new Block();
    message.number(1, CLIENT_HELLO);
    message.block(3, block -> block.bytes(hello.toBytes()));
    Block record = new Block();
    record.number(1, HANDSHAKE_RECORD);
    record.number(2, Protocol.TLS_1_0.wireValue());
    record.block(2, block -> block.bytes(message.toBytes()));
    return record.toBytes();
  }

  private void extensions(Block extensions) {
    serverName.ifPresent(
        name ->
            extensions.extension(
                0,
                value ->
                    value.block(
                        2,
                        list -> {
                          list.number(1, 0);
                          list.block(
                              2, host -> host.bytes(name.getBytes(StandardCharsets.US_ASCII)));
                        })));
    extensions.extension(10, value -> value.numbers(groups));
    // Uncompressed points, the only form.
    extensions.extension(
        11,
        value -> {
          value.number(1, 1);
          value.number(1, 0);
        });
    extensions.extension(13, value -> value.numbers(schemes));
    extensions.extension(23, value -> {});
    if (protocol == Protocol.TLS_1_3) {
      extensions.extension(
          43,
          value -> {
            value.number(1, 2);
            value.number(2, protocol.wireValue());
          });
      extensions.extension(
          45,
          value -> {
            value.number(1, 1);
            value.number(1, 1);
          });
      extensions.extension(51, value -> value.block(2, this::keyShares));
    } else {
      extensions.extension(35, value -> {});
      // Secure renegotiation (RFC 5746): some servers require it.
      extensions.extension(0xff01, value -> value.number(1, 0));
    }
  }

  /** Any 32 bytes are a public key of X25519 (RFC 7748); no shared secret is computed. */
  private void keyShares(Block list) {
    if (keyShare) {
      list.number(2, X25519);
      list.block(2, key -> key.bytes(random()));
    }
  }

  private static byte[] random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /** A byte buffer with length prefixes. */
  private static final class Block {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void number(int size, int value) {
      for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
        out.write(value >> shift);
      }
    }

    void bytes(byte[] bytes) {
      out.writeBytes(bytes);
    }

    void block(int lengthSize, java.util.function.Consumer<Block> content) {
      Block inner = new Block();
      content.accept(inner);
      number(lengthSize, inner.out.size());
      bytes(inner.toBytes());
    }

    void numbers(List<Integer> values) {
      block(2, list -> values.forEach(value -> list.number(2, value)));
    }

    void extension(int type, java.util.function.Consumer<Block> content) {
      number(2, type);
      block(2, content);
    }

    byte[] toBytes() {
      return out.toByteArray();
    }
  }
}
