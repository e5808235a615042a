package org.milvustls.cli;

import java.io.PrintWriter;
import java.util.List;
import org.milvustls.pki.LeafEntry;

/** Prints the pending deployments. */
final class PendingLines {
  private PendingLines() {}

  static void print(PrintWriter out, List<LeafEntry> pending) {
    if (!pending.isEmpty()) {
      pending.forEach(entry -> out.println("Not deployed yet: " + entry.path()));
      out.println(
          "Restart the servers and hand out the clients' folders, then run 'certs renew"
              + " --deployed'; or let 'certs renew --deploy-hook CMD' do it.");
    }
  }
}
