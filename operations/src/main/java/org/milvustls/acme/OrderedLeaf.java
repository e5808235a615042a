package org.milvustls.acme;

import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import org.milvustls.pki.HostName;
import org.milvustls.pki.KeyType;
import org.milvustls.pki.LeafStorage;

/**
 * A leaf and its order.
 *
 * @param serial of the leaf, in hexadecimal
 * @param names its requested host names
 * @param keyType kind of its key
 * @param settings CA and challenge of its order
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

  /** Whether the same certificate is requested, with any challenge. */
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
