package org.milvustls.bench.jmh;

import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ChainMemory;
import org.milvustls.bench.scenario.CipherSuite;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The axes of a cell as parameters of JMH; each takes the names of its constants, such as {@code -p
 * provider=JDK}.
 */
@State(Scope.Benchmark)
public class Axes {
  @Param({"JDK", "BORINGSSL"})
  public ClientProvider provider = ClientProvider.JDK;

  @Param("TLS_1_3")
  public TlsProtocol protocol = TlsProtocol.TLS_1_3;

  @Param("AES_128_GCM")
  public CipherSuite cipherSuite = CipherSuite.AES_128_GCM;

  @Param("X25519")
  public NamedGroup namedGroup = NamedGroup.X25519;

  @Param("ECDSA_P256")
  public KeyType keyType = KeyType.ECDSA_P256;

  Cell cell(Operation operation, TlsMode mode, ChainMemory chain) {
    return mode.isEncrypted()
        ? Cell.secured(
            operation,
            mode,
            Cell.Tls.base(provider)
                .with(protocol)
                .with(cipherSuite)
                .with(namedGroup)
                .with(keyType)
                .with(chain))
        : Cell.plaintext(operation);
  }
}
