package org.milvustls.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.LeafEntry;
import org.milvustls.pki.LeafRole;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code certs rotate-ca}: a new CA in three steps, without an outage. */
@Command(
    name = "rotate-ca",
    description = {
      "Puts a new CA in the place of the old one: --start makes it and lets all peers trust both,"
          + " --switch issues the leaves anew, --finish takes the old CA away.",
      "Deploy after each step; the next one is refused before. Milvus knows no revocation: rotate"
          + " the client CA when a client's key is lost."
    },
    footer = {
      "  milvus-tls certs rotate-ca --clients --start",
      "  milvus-tls certs rotate-ca --servers --finish --served milvus.example.org:19530"
    })
final class CertsRotateCa implements Callable<Integer> {
  @Mixin private LeafOptions.Directory directory = new LeafOptions.Directory();

  @ArgGroup(multiplicity = "1")
  private Whose whose = new Whose();

  @ArgGroup(multiplicity = "1")
  private Step step = new Step();

  @Option(
      names = "--served",
      paramLabel = "HOST:PORT",
      converter = ServedLeaf.Converter.class,
      description = "With --finish: refuse while this endpoint serves a leaf of the old CA.")
  private List<ServedLeaf> served = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** The choice of the CA. */
  static final class Whose {
    @Option(names = "--servers", description = "The CA of the servers.")
    private boolean servers;

    @Option(names = "--clients", description = "The CA of the clients.")
    private boolean clients;

    LeafRole role() {
      if (servers == clients) {
        throw new IllegalStateException("the command line parser lets exactly one through");
      }
      return servers ? LeafRole.SERVER : LeafRole.CLIENT;
    }
  }

  /** The choice of the step. */
  static final class Step {
    @Option(names = "--start", description = "Make the new CA; peers trust old and new.")
    private boolean start;

    @Option(names = "--switch", description = "Issue the leaves anew from the new CA.")
    private boolean change;

    @Option(names = "--finish", description = "End the trust in the old CA and delete it.")
    private boolean finish;
  }

  @Override
  public Integer call() {
    CertificateDirectory certificates = directory.open();
    LeafRole role = whose.role();
    PrintWriter out = spec.commandLine().getOut();
    List<LeafEntry> pending;
    if (step.start) {
      pending = certificates.startRotation(role);
      out.println("Started: peers of the " + role + "s trust the old and the new CA.");
    } else if (step.change) {
      pending = certificates.switchRotation(role);
      out.println("Switched: the " + role + "s' certificates are the new CA's.");
    } else if (!step.finish) {
      throw new IllegalStateException("the command line parser lets exactly one step through");
    } else {
      pending =
          certificates.finishRotation(role, served.stream().map(ServedLeaf::capture).toList());
      out.println("Finished: nobody is told to trust the old CA any more.");
    }
    PendingLines.print(out, pending);
    out.flush();
    return ExitCodes.OK;
  }
}
