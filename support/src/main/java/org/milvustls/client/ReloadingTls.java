package org.milvustls.client;

import io.milvus.shaded.io.grpc.netty.shaded.io.netty.buffer.ByteBufAllocator;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.Identity;
import org.milvustls.tls.TlsMaterial;
import org.milvustls.tls.TlsSettings;
import org.milvustls.tls.TrustSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A context that reloads renewed files. Before each new connection it checks the files, and reads
 * them only when one has changed. Open connections do not change. If the files are unusable, as
 * during a renewal, the former ones stay in use until the next connection. Sessions do not outlive
 * a change.
 */
final class ReloadingTls extends SslContext implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadingTls.class);

  private final TlsSettings settings;
  private final Clock clock;
  private final List<Path> files;
  private final List<SslContext> made = new ArrayList<>();
  private volatile Current current;

  private record Current(TlsMaterial material, SslContext context, FileStamps stamps) {}

  ReloadingTls(TlsSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.files =
        Stream.concat(
                settings.trust().map(TrustSource::files).orElse(List.of()).stream(),
                settings.identity().map(Identity::files).orElse(List.of()).stream())
            .toList();
    this.current = read(FileStamps.of(files));
    made.add(current.context());
  }

  /** The certificates and keys in use. */
  TlsMaterial material() {
    return current.material();
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator, String host, int port) {
    return upToDate().context().newEngine(allocator, host, port);
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator) {
    return upToDate().context().newEngine(allocator);
  }

  private Current upToDate() {
    if (!files.isEmpty() && !FileStamps.of(files).equals(current.stamps())) {
      reload();
    }
    return current;
  }

  private synchronized void reload() {
    FileStamps now = FileStamps.of(files);
    if (now.equals(current.stamps())) {
      return;
    }
    try {
      Current renewed = read(now);
      made.add(renewed.context());
      current = renewed;
      LOG.info("took up renewed certificates: {}", files);
    } catch (MilvusTlsException e) {
      LOG.warn("renewed certificates cannot be used, the former stay in force: {}", e.getMessage());
    }
  }

  private Current read(FileStamps stamps) {
    TlsMaterial material = TlsMaterial.load(settings, clock);
    return new Current(material, GrpcTls.context(settings, material), stamps);
  }

  @Override
  public boolean isClient() {
    return true;
  }

  @Override
  public List<String> cipherSuites() {
    return current.context().cipherSuites();
  }

  @Override
  @SuppressWarnings("deprecation") // Netty deprecates the type but still requires it
  public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
    return current.context().applicationProtocolNegotiator();
  }

  @Override
  public SSLSessionContext sessionContext() {
    return current.context().sessionContext();
  }

  /** Frees native memory of every context; open engines keep theirs. */
  @Override
  public synchronized void close() {
    made.forEach(ReferenceCountUtil::release);
    made.clear();
  }
}
