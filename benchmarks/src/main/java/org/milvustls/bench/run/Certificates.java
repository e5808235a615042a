package org.milvustls.bench.run;

import java.nio.file.Path;
import java.util.Optional;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.KeyPair;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.InitRequest;
import org.milvustls.pki.KeyType;
import org.milvustls.pki.LeafRequest;
import org.milvustls.pki.LeafStorage;

/** The certificates of a run, in its work folder and deleted with it. */
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

  /**
   * The files of a server whose leaf has a key of this type. The same CA signs all of them, so that
   * only the key of the leaf differs for a client.
   */
  static CertificateDirectory.ServerFiles server(CertificateDirectory directory, KeyType type) {
    if (type == KeyType.ECDSA_P256) {
      return directory.serverFiles(SERVER);
    }
    String name = SERVER + "-" + type.id();
    if (directory.leaves().stream().noneMatch(leaf -> leaf.name().equals(name))) {
      directory.issue(
          LeafRequest.server(name, InitRequest.DEFAULT_HOSTS).withKeyType(type),
          LeafStorage.DEFAULT);
    }
    return directory.serverFiles(name);
  }

  /** The certificate and the trust anchors of the run's client. */
  static Credentials credentials(CertificateDirectory directory) {
    var files = directory.clientFiles(CLIENT);
    return new Credentials(
        files.trustAnchors(),
        Optional.of(new KeyPair(files.certificate(), files.key())),
        Optional.of(SERVER_NAME));
  }
}
