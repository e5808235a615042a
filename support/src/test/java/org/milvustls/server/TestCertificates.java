package org.milvustls.server;

import java.nio.file.Path;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.InitRequest;

/** Certificates of one server of this machine. */
final class TestCertificates {
  private TestCertificates() {}

  static CertificateDirectory.ServerFiles make(Path folder, String name) {
    CertificateDirectory directory = CertificateDirectory.at(folder.resolve(name));
    directory.init(InitRequest.defaults());
    return directory.serverFiles(InitRequest.DEFAULT_SERVER);
  }
}
