package org.milvustls.pki;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@link CertificateDirectory#init} found or made.
 *
 * @param created whether the directory is new; otherwise nothing was changed
 * @param directory where it is
 * @param leaves the leaves in it
 */
public record InitResult(boolean created, Path directory, List<LeafEntry> leaves) {
  public InitResult {
    leaves = List.copyOf(leaves);
  }
}
