package org.milvustls.acme;

import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import org.milvustls.pki.HostName;
import org.milvustls.pki.KeyType;
import org.milvustls.pki.LeafStorage;

/**
 * A leaf and how it was asked for.
 *
 * @param serial of the leaf, in hexadecimal
 * @param names its host names, as asked for
 * @param keyType kind of its key
 * @param settings whom was asked, and how
 */
record OrderedLeaf(String serial, List<HostName> names, KeyType keyType, AcmeSettings settings) {
  OrderedLeaf {
    names = List.copyOf(names);
  }

  static OrderedLeaf of(X509Certificate leaf, AcmeRequest request) {
    return new OrderedLeaf(serial(leaf), request.names(), request.keyType(), request.settings());
  }

  boolean is(X509Certificate leaf) {
    return serial.equals(serial(leaf));
  }

  private static String serial(X509Certificate leaf) {
    return leaf.getSerialNumber().toString(16);
  }

  /**
   * Whether the same certificate is requested; how control of the names is shown does not count.
   */
  boolean isAs(AcmeRequest request) {
    return new HashSet<>(names).equals(new HashSet<>(request.names()))
        && keyType == request.keyType()
        && settings.directory().equals(request.settings().directory())
        && settings.profile().equals(request.settings().profile());
  }

  /** The request for its successor. */
  AcmeRequest toRequest(String server, LeafStorage storage) {
    return new AcmeRequest(server, names, keyType, storage, settings);
  }
}
