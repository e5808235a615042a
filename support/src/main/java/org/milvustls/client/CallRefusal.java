package org.milvustls.client;

import io.milvus.shaded.io.grpc.Status;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import java.util.Locale;
import java.util.Optional;

/** Finds the reason why Milvus refused a call on an open connection. */
final class CallRefusal {
  private CallRefusal() {}

  static String explain(ConnectionSettings settings, Throwable thrown) {
    Optional<Status> status = status(thrown);
    String detail =
        status
            .map(s -> s.getCode() + ": " + s.getDescription())
            .orElse(String.valueOf(thrown.getMessage()));
    if (isAboutTheUser(thrown)) {
      return settings
          .credentials()
          .map(
              who ->
                  "Milvus does not accept the "
                      + who
                      + " ("
                      + detail
                      + ")\n  next: check user and password; a new server has user root with"
                      + " password Milvus, to be changed")
          .orElse(
              "Milvus wants a user and none was given ("
                  + detail
                  + ")\n  next: give a user and a password, or a token");
    }
    return switch (status.map(CallRefusal::code).orElse(Status.Code.UNKNOWN)) {
      case DEADLINE_EXCEEDED ->
          "The connection to "
              + settings.target()
              + " stands and Milvus does not answer within the"
              + " time limit ("
              + detail
              + ")\n  next: it may still be starting: wait until its /healthz says OK";
      case UNAVAILABLE ->
          "Milvus is not ready ("
              + detail
              + ")\n  next: wait until its /healthz on the metrics port says OK";
      case UNIMPLEMENTED ->
          "The gRPC server on "
              + settings.target()
              + " is not a Milvus proxy ("
              + detail
              + ")\n  next: use the port of the proxy, 19530 by default";
      case PERMISSION_DENIED ->
          "The user may not do this (" + detail + ")\n  next: grant the privilege to the user";
      default -> "Milvus failed the call (" + detail + ")\n  next: look into its log";
    };
  }

  /**
   * The status code. A proxy that listens before it has found the other components answers UNKNOWN.
   */
  private static Status.Code code(Status status) {
    return String.valueOf(status.getDescription()).contains("not ready yet")
        ? Status.Code.UNAVAILABLE
        : status.getCode();
  }

  static boolean isAboutTheUser(Throwable thrown) {
    boolean unauthenticated =
        status(thrown).map(s -> s.getCode() == Status.Code.UNAUTHENTICATED).orElse(false);
    String message = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
    return unauthenticated || message.contains("auth check failure");
  }

  private static Optional<Status> status(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof StatusRuntimeException grpc) {
        return Optional.of(grpc.getStatus());
      }
    }
    return Optional.empty();
  }
}
