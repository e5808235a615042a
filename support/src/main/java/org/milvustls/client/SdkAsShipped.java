package org.milvustls.client;

import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import java.nio.file.Path;
import java.util.List;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.TlsSettings;

/**
 * The SDK's client with the SDK's own options, as a user writes it, for comparison. It uses
 * BoringSSL if it finds it (see {@link BundledBoringSsl}), otherwise the JDK. It reads the files
 * for each client, and reports a failed handshake as {@code DEADLINE_EXCEEDED}.
 */
public final class SdkAsShipped {
  private SdkAsShipped() {}

  /**
   * Connects with the SDK's own options.
   *
   * @throws MilvusTlsException for settings that these options cannot express
   */
  public static MilvusClientV2 connect(ConnectionSettings settings) {
    return new MilvusClientV2(config(settings));
  }

  /** The SDK's options for these settings. */
  static ConnectConfig config(ConnectionSettings settings) {
    TlsSettings tls = settings.tls();
    refuseWhatIsNotThere(tls);
    String scheme = tls.mode().isEncrypted() ? "https://" : "http://";
    ConnectConfig.ConnectConfigBuilder builder =
        ConnectConfig.builder()
            .uri(scheme + settings.target())
            .connectTimeoutMs(settings.connectTimeout().toMillis())
            .rpcDeadlineMs(settings.rpcDeadline().toMillis())
            .keepAliveTimeMs(settings.keepAlive().interval().toMillis())
            .keepAliveTimeoutMs(settings.keepAlive().timeout().toMillis())
            .keepAliveWithoutCalls(settings.keepAlive().withoutCalls())
            .idleTimeoutMs(settings.idleTimeout().toMillis());
    settings.credentials().ifPresent(who -> builder.token(who.asToken()));
    settings.database().ifPresent(builder::dbName);
    switch (tls.mode()) {
      case OFF -> {}
      case SERVER -> builder.serverPemPath(trust(tls)).serverName(settings.serverName());
      case MUTUAL -> {
        List<Path> pair = tls.identity().orElseThrow().files();
        builder
            .caPemPath(trust(tls))
            .clientPemPath(pair.get(0).toString())
            .clientKeyPath(pair.get(1).toString())
            .serverName(settings.serverName());
      }
    }
    return builder.build();
  }

  private static String trust(TlsSettings tls) {
    return tls.trust().orElseThrow().files().get(0).toString();
  }

  private static void refuseWhatIsNotThere(TlsSettings tls) {
    if (!tls.mode().isEncrypted()) {
      return;
    }
    boolean pinned =
        !tls.protocols().isEmpty() || !tls.cipherSuites().isEmpty() || !tls.namedGroups().isEmpty();
    if (pinned) {
      throw MilvusTlsException.usage(
              "the SDK's own options set no protocol, cipher suite or named group")
          .next("use MilvusConnector, or leave them out")
          .build();
    }
    boolean files =
        tls.trust().map(source -> source.files().size() == 1).orElse(false)
            && tls.identity().map(identity -> identity.files().size() == 2).orElse(true);
    if (!files) {
      throw MilvusTlsException.usage("the SDK's own options take PEM files only").build();
    }
  }
}
