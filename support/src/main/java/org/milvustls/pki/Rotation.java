package org.milvustls.pki;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.milvustls.MilvusTlsException;

/**
 * Replaces an old CA by a new one in three steps; the caller has the lock. The folders show the
 * last step: after the start there is a next CA, after the switch a former one. To complete an
 * interrupted step, call it again.
 */
final class Rotation {
  private static final String UNDER_WAY = "a rotation is under way already";

  private final DirectoryFiles files;
  private final LeafRole role;

  Rotation(DirectoryFiles files, LeafRole role) {
    this.files = files;
    this.role = role;
  }

  /** Makes the new CA; all peers that verify its leaves get both roots. */
  List<LeafEntry> start() throws IOException {
    files.state();
    boolean begun = files.nextAuthority(role).exists();
    if (files.formerAuthority(role).exists()) {
      throw wrongStep(UNDER_WAY, "--start");
    }
    if (!begun) {
      // Left by an interrupted last step.
      files.deleteFormerAuthority(role);
      X509Certificate issuer = files.authority(role).issuerChain().get(0);
      files
          .nextAuthority(role)
          .create(
              KeyType.of(issuer.getPublicKey()).orElse(KeyType.ECDSA_P256),
              NameScope.permittedBy(issuer));
    }
    if (!files.distributeAnchors() && begun) {
      throw wrongStep(UNDER_WAY, "--start");
    }
    return files.state().pending();
  }

  /** Issues the leaves of this role again from the new CA. */
  List<LeafEntry> switchLeaves() throws IOException {
    files.state();
    boolean interrupted = files.formerAuthority(role).exists();
    if (!interrupted && !files.nextAuthority(role).exists()) {
      throw wrongStep("no rotation was started", "--switch");
    }
    if (!interrupted) {
      // After an interrupted start some peers lack the new CA: they become pending.
      files.distributeAnchors();
      requireDeployed();
      files.switchAuthority(role);
    }
    files.distributeAnchors();
    Renewal renewal = new Renewal(files, new RenewRequest(RenewalPolicy.byLifetime(), true, false));
    List<String> blocked =
        usersOfFormer().stream()
            .map(renewal::renew)
            .filter(result -> result.outcome() == RenewalResult.Outcome.BLOCKED)
            .map(result -> result.path() + ": " + result.detail())
            .toList();
    if (!blocked.isEmpty()) {
      throw MilvusTlsException.failure("not every leaf could be issued anew")
          .seen(String.join("; ", blocked))
          .next("mend that and run --switch again")
          .build();
    }
    return files.state().pending();
  }

  /**
   * Removes the trust in the old CA and deletes it.
   *
   * @param served chains that endpoints serve now
   */
  List<LeafEntry> finish(List<List<X509Certificate>> served) throws IOException {
    files.state();
    if (!files.formerAuthority(role).exists()) {
      if (!files.nextAuthority(role).exists() && files.distributeAnchors()) {
        return files.state().pending();
      }
      throw wrongStep("there is no former CA to take away", "--finish");
    }
    List<String> users = new ArrayList<>(usersOfFormer().stream().map(LeafEntry::path).toList());
    for (List<X509Certificate> chain : served) {
      if (files.formerAuthority(role).issued(chain)) {
        users.add("served: " + chain.get(0).getSubjectX500Principal().getName());
      }
    }
    if (!users.isEmpty()) {
      throw MilvusTlsException.failure("the old CA is still in use, so nothing was changed")
          .seen(String.join(", ", users))
          .next("run --switch again, deploy, then --finish")
          .build();
    }
    requireDeployed();
    files.deleteFormerAuthority(role);
    files.distributeAnchors();
    return files.state().pending();
  }

  private List<LeafEntry> usersOfFormer() {
    Optional<AuthorityFolder> former =
        Optional.of(files.formerAuthority(role)).filter(AuthorityFolder::exists);
    return files.state().leaves().stream()
        .filter(entry -> entry.role() == role && files.leaf(entry).exists())
        .filter(entry -> former.isPresent() && former.get().issued(files.leaf(entry).chain()))
        .toList();
  }

  private void requireDeployed() {
    List<LeafEntry> pending = files.state().pending();
    if (!pending.isEmpty()) {
      throw MilvusTlsException.failure(
              "changed files are not deployed yet, so going on would cut connections")
          .seen(pending.stream().map(LeafEntry::path).collect(Collectors.joining(", ")))
          .next(
              "restart the servers and hand out the clients' folders, then run 'certs renew"
                  + " --deployed'; or let 'certs renew --deploy-hook CMD' do it")
          .build();
    }
  }

  private MilvusTlsException wrongStep(String what, String step) {
    String next =
        files.nextAuthority(role).exists()
            ? "--switch"
            : files.formerAuthority(role).exists() ? "--finish" : "--start";
    return MilvusTlsException.usage(what).seen(step).allowed(next).build();
  }
}
