package org.milvustls.bench.workload;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import javax.net.ssl.SSLEngine;
import org.conscrypt.Conscrypt;

/**
 * Sets the named groups of Conscrypt's engines. By default they send a key share of X25519MLKEM768
 * and one of X25519. The class {@code Conscrypt} sets groups of sockets only. The class of the
 * engines has a public method but is not public itself. A test fails when an upgrade moves it.
 */
final class ConscryptGroups {
  private static final MethodHandle SETTER = setter();

  private ConscryptGroups() {}

  static void set(SSLEngine engine, String[] names) {
    try {
      SETTER.invokeExact(engine, names);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new WorkloadException("Conscrypt takes no named groups", e);
    }
  }

  private static MethodHandle setter() {
    try {
      ClassLoader loader = Conscrypt.class.getClassLoader();
      Method unwrap =
          Class.forName("org.conscrypt.Platform", true, loader)
              .getDeclaredMethod("unwrapEngine", SSLEngine.class);
      Method setter =
          Class.forName("org.conscrypt.ConscryptEngine", true, loader)
              .getDeclaredMethod("setNamedGroups", String[].class);
      unwrap.setAccessible(true);
      setter.setAccessible(true);
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      MethodType type = MethodType.methodType(void.class, SSLEngine.class, String[].class);
      return MethodHandles.filterArguments(
          lookup.unreflect(setter).asType(type), 0, lookup.unreflect(unwrap));
    } catch (ReflectiveOperationException e) {
      throw new WorkloadException("this version of Conscrypt sets named groups elsewhere", e);
    }
  }
}
