package org.milvustls.pki;

import java.nio.file.Path;

/** What {@link KillTest} kills: changes certificate directories without a pause, until it dies. */
final class KillVictim {
  private KillVictim() {}

  public static void main(String[] args) {
    Path directory = Path.of(args[1]);
    for (int i = 0; ; i++) {
      if (args[0].equals("renew")) {
        CertificateDirectory.at(directory)
            .renew(new RenewRequest(RenewalPolicy.byLifetime(), true, false));
      } else {
        CertificateDirectory.at(directory.resolve(args[2] + "-" + i))
            .init(InitRequest.builder().client("search").build());
      }
      if (i == 0) {
        // Only now are its classes loaded, so that a short life is spent at work.
        System.out.println("ready");
      }
    }
  }
}
