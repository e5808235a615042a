package org.milvustls.bench.run;

import java.nio.file.Path;
import java.util.Optional;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.KeyPair;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.InitRequest;

/** The certificates of a run: made for it, kept in its work folder, deleted with it. */
final class Certificates {
  static final String SERVER = "milvus";
  private static final String CLIENT = "benchmark";
  private static final String SERVER_NAME = "localhost";

  private Certificates() {}

  static CertificateDirectory create(Path folder) {
    CertificateDirectory directory = CertificateDirectory.at(folder);
    directory.init(InitRequest.builder().serverName(SERVER).client(CLIENT).build());
    return directory;
  }

  /** What a client of the run shows and trusts. */
  static Credentials credentials(CertificateDirectory directory) {
    var files = directory.clientFiles(CLIENT);
    return new Credentials(
        files.trustAnchors(),
        Optional.of(new KeyPair(files.certificate(), files.key())),
        Optional.of(SERVER_NAME));
  }
}
