package org.milvustls.tls;

import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import java.lang.reflect.Field;

/**
 * Turns session tickets of one BoringSSL context on or off. Netty has system properties for all
 * contexts of the JVM but no option for one context. The number of the native context is therefore
 * read from its protected field. ({@code sslCtxPointer()} is another number: the calls used here
 * crash with it.)
 */
final class NativeTickets {
  private static final Field NATIVE = field();

  private NativeTickets() {}

  static void set(ReferenceCountedOpenSslContext context, boolean enabled) {
    try {
      long number = NATIVE.getLong(context);
      if (enabled) {
        SSLContext.clearOptions(number, SSL.SSL_OP_NO_TICKET);
      } else {
        SSLContext.setOptions(number, SSL.SSL_OP_NO_TICKET);
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the field was made accessible", e);
    }
  }

  private static Field field() {
    try {
      Field field = ReferenceCountedOpenSslContext.class.getDeclaredField("ctx");
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(
          "Netty " + NettyVersions.netty() + " holds its native context elsewhere", e);
    }
  }
}
