package org.milvustls.cli;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.InitRequest;
import org.milvustls.pki.PemFiles;
import org.milvustls.tls.ServedChain;
import picocli.CommandLine.ITypeConverter;

/**
 * A server of the certificate directory, with its endpoint.
 *
 * @param name of the server's folder
 */
record ServedLeaf(String name, Endpoint endpoint) {
  private static final Duration ATTEMPT = Duration.ofSeconds(10);
  private static final Duration LIMIT = Duration.ofMinutes(1);

  void await(CertificateDirectory certificates) {
    X509Certificate leaf =
        PemFiles.certificates(certificates.serverFiles(name).certificate()).get(0);
    ServedChain.awaitSerial(endpoint.host(), endpoint.port(), leaf.getSerialNumber(), LIMIT);
  }

  List<X509Certificate> capture() {
    return ServedChain.capture(
            endpoint.host(), endpoint.port(), endpoint.host(), Optional.empty(), ATTEMPT)
        .chain();
  }

  /** Reads {@code NAME=HOST:PORT} or {@code HOST:PORT}. */
  static final class Converter implements ITypeConverter<ServedLeaf> {
    @Override
    public ServedLeaf convert(String value) {
      int equals = value.indexOf('=');
      String name = equals < 0 ? InitRequest.DEFAULT_SERVER : value.substring(0, equals);
      return Endpoint.parse(value.substring(equals + 1))
          .map(endpoint -> new ServedLeaf(name, endpoint))
          .orElseThrow(
              () ->
                  MilvusTlsException.usage("not an endpoint")
                      .seen(value)
                      .allowed("HOST:PORT or NAME=HOST:PORT")
                      .build());
    }
  }
}
