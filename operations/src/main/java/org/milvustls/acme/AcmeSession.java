package org.milvustls.acme;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.PemFiles;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.AbstractAcmeProvider;

/**
 * Makes acme4j sessions that verify the server with the system's trust anchors or with given ones.
 */
final class AcmeSession {
  /** Time limit for the connection and for each answer. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private AcmeSession() {}

  static Session open(AcmeSettings settings) {
    Session session =
        new Session(
            settings.directory().uri(), new Provider(settings.trust().map(AcmeSession::tls)));
    session.networkSettings().setTimeout(LIMIT);
    return session;
  }

  static SSLContext tls(Path trust) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (X509Certificate anchor : PemFiles.certificates(trust)) {
        store.setCertificateEntry("anchor-" + number++, anchor);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw MilvusTlsException.failure("cannot trust these anchors").seen(trust).cause(e).build();
    }
  }

  /** Uses the directory's address unchanged. */
  private static final class Provider extends AbstractAcmeProvider {
    private final Optional<SSLContext> tls;

    Provider(Optional<SSLContext> tls) {
      this.tls = tls;
    }

    @Override
    public boolean accepts(URI uri) {
      return true;
    }

    @Override
    public URL resolve(URI uri) {
      try {
        return uri.toURL();
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException("an https address has a URL: " + uri, e);
      }
    }

    @Override
    public HttpClient createHttpClient(NetworkSettings settings) {
      HttpClient.Builder client =
          HttpClient.newBuilder()
              .followRedirects(HttpClient.Redirect.NORMAL)
              .connectTimeout(settings.getTimeout())
              .proxy(settings.getProxySelector());
      tls.ifPresent(client::sslContext);
      return client.build();
    }
  }
}
