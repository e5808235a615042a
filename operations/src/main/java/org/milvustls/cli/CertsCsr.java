package org.milvustls.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.milvustls.pki.KeyType;
import org.milvustls.pki.LeafRole;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code certs csr}: a request to a corporate CA. */
@Command(
    name = "csr",
    description =
        "Makes a key and a certificate signing request for a CA of somebody else's. The key stays"
            + " in the certificate directory; send the request, then take the answer in with"
            + " 'certs import'.",
    footer = "  milvus-tls certs csr --server milvus --host milvus.example.org")
final class CertsCsr implements Callable<Integer> {
  @Mixin private LeafOptions.Directory directory = new LeafOptions.Directory();
  @Mixin private LeafHolder holder = new LeafHolder();

  @Option(
      names = "--key",
      paramLabel = "TYPE",
      converter = Converters.OfKeyType.class,
      description =
          "Kind of key: ecdsa-p256, ecdsa-p384, ed25519, rsa-2048, rsa-3072, rsa-4096. Default:"
              + " ecdsa-p256.")
  private KeyType keyType = KeyType.ECDSA_P256;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Path request = directory.open().request(holder.request().withKeyType(keyType));
    LeafRole role = holder.role();
    spec.commandLine()
        .getOut()
        .println(
            request
                + "\nSend it to the CA, then run: milvus-tls certs import --"
                + role
                + " "
                + holder.name()
                + " --chain ANSWER.pem --ca ROOT.pem");
    spec.commandLine().getOut().flush();
    return ExitCodes.OK;
  }
}
