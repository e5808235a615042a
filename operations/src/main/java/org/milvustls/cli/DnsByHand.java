package org.milvustls.cli;

import java.io.Console;
import java.io.PrintWriter;
import org.milvustls.MilvusTlsException;
import org.milvustls.acme.DnsPublisher;
import org.milvustls.acme.TxtRecord;

/** Asks the person at the terminal to set a TXT record. */
final class DnsByHand implements DnsPublisher {
  private final Console console;

  DnsByHand(Console console) {
    this.console = console;
  }

  @Override
  public void present(TxtRecord txt) {
    PrintWriter out = console.writer();
    out.println("Set this TXT record, beside others of the same name:");
    out.println("  " + txt.name() + ". IN TXT \"" + txt.value() + "\"");
    out.print("Press Enter when it can be seen from outside (Ctrl-C ends): ");
    out.flush();
    if (console.readLine() == null) {
      throw MilvusTlsException.usage("nobody is there to set the TXT record")
          .seen(txt.name())
          .next("give --dns-hook CMD, or run the command on a terminal")
          .build();
    }
  }

  @Override
  public void withdraw(TxtRecord txt) {
    console.writer().println("You can remove the TXT record " + txt.name() + " now.");
    console.flush();
  }
}
