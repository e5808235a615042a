package org.milvustls.cli;

import java.io.PrintWriter;
import org.milvustls.MilvusTlsException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns every error into one message and an exit code; stack traces only with {@code --debug}. */
final class ErrorPrinter implements IExecutionExceptionHandler, IParameterExceptionHandler {

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    err.println("milvus-tls: " + text(e));
    if (MilvusTls.debug(command)) {
      e.printStackTrace(err);
    } else if (!(e instanceof MilvusTlsException)) {
      err.println("  next: run it again with --debug and report what it shows");
    }
    err.flush();
    return e instanceof MilvusTlsException known && known.kind() == MilvusTlsException.Kind.USAGE
        ? command.getCommandSpec().exitCodeOnInvalidInput()
        : ExitCodes.FAILURE;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    String message =
        e.getCause() instanceof MilvusTlsException known ? known.getMessage() : e.getMessage();
    // Only some messages of the command line library begin with that word.
    err.println("milvus-tls: " + String.valueOf(message).replaceFirst("^Error: ", ""));
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println(
          "  next: '" + command.getCommandSpec().qualifiedName() + " --help' shows the options");
    }
    err.flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String text(Exception e) {
    String message = e.getMessage();
    return e instanceof MilvusTlsException && message != null ? message : "unexpected error: " + e;
  }
}
