package org.milvustls.pki;

import java.nio.file.Path;
import java.util.List;

/**
 * The result of {@link CertificateDirectory#init}.
 *
 * @param created whether the directory is new; otherwise nothing was changed
 * @param directory its path
 * @param leaves the leaves in it
 */
public record InitResult(boolean created, Path directory, List<LeafEntry> leaves) {
  public InitResult {
    leaves = List.copyOf(leaves);
  }
}
