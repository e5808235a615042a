package org.milvustls.bench.workload;

import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;

/**
 * A client with engines of Netty: of the current one, or of the SDK's.
 *
 * @param maker of an engine for a host
 * @param releaser frees native memory of an engine
 * @param direct whether engines take direct buffers
 * @param describe name and version
 * @param closer frees what the engines shared
 */
record NettyEngines(
    Function<String, SSLEngine> maker,
    Consumer<SSLEngine> releaser,
    boolean direct,
    String describe,
    Runnable closer)
    implements HandshakeClient {

  @Override
  public SSLEngine newEngine(String host) {
    return maker.apply(host);
  }

  @Override
  public void release(SSLEngine engine) {
    releaser.accept(engine);
  }

  @Override
  public void close() {
    closer.run();
  }
}
