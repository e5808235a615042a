package org.milvustls.acme;

import java.net.ConnectException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.milvustls.MilvusTlsException;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;

/**
 * Turns the problem documents of an ACME server (RFC 7807) into errors with the reason of a
 * refusal.
 */
final class AcmeErrors {
  private AcmeErrors() {}

  /** A request to the server. */
  interface Talk<T> {
    T run() throws AcmeException, InterruptedException;
  }

  /** The server requested a later retry. */
  static final class Throttled extends MilvusTlsException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Instant> until;

    private Throttled(String message, Optional<Instant> until, Throwable cause) {
      super(Kind.FAILURE, message, cause);
      this.until = until;
    }

    Optional<Instant> until() {
      return until;
    }
  }

  static <T> T telling(AcmeDirectory server, Talk<T> talk) {
    try {
      return talk.run();
    } catch (AcmeLazyLoadingException e) {
      throw e.getCause() instanceof AcmeException cause
          ? error(server, cause)
          : unexpected(server, e);
    } catch (AcmeException e) {
      throw error(server, e);
    } catch (AcmeProtocolException | IllegalArgumentException | IllegalStateException e) {
      throw unexpected(server, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MilvusTlsException.failure("interrupted while the ACME server was at work")
          .seen(server)
          .cause(e)
          .build();
    }
  }

  private static MilvusTlsException unexpected(AcmeDirectory server, RuntimeException e) {
    return MilvusTlsException.failure(
            "the ACME server does not answer as RFC 8555 has it (" + e.getMessage() + ")")
        .seen(server)
        .next("check that the address is that of an ACME directory")
        .cause(e)
        .build();
  }

  private static MilvusTlsException error(AcmeDirectory server, AcmeException e) {
    if (e instanceof AcmeNetworkException) {
      return unreachable(server, e);
    }
    if (e instanceof AcmeRateLimitedException limited) {
      return throttled(limited.getProblem(), limited.getRetryAfter(), e);
    }
    if (e instanceof AcmeServerException refused) {
      return MilvusTlsException.failure("the ACME server refused: " + text(refused.getProblem()))
          .seen(server)
          .cause(e)
          .build();
    }
    return MilvusTlsException.failure("the ACME server failed (" + e.getMessage() + ")")
        .seen(server)
        .next("try again later")
        .cause(e)
        .build();
  }

  private static MilvusTlsException unreachable(AcmeDirectory server, AcmeException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return MilvusTlsException.failure("the ACME server cannot be reached (" + reason(cause) + ")")
        .seen(server)
        .next(
            cause instanceof SSLException
                ? "for a private CA give the anchors of its HTTPS with --trust FILE"
                : "check the address and the network, then try again")
        .cause(e)
        .build();
  }

  /** The reason of a failure. The JDK's HTTP client has no text for a refused connection. */
  private static String reason(Throwable cause) {
    if (cause.getMessage() != null) {
      return cause.getMessage();
    }
    return cause instanceof ConnectException ? "no connection" : cause.getClass().getSimpleName();
  }

  private static Throttled throttled(Problem problem, Optional<Instant> until, AcmeException e) {
    return new Throttled(
        "the ACME server has had too many requests: "
            + text(problem)
            + "\n  next: "
            + until.map(time -> "try again after " + time).orElse("try again later")
            + "; until then nothing is asked of it",
        until,
        e);
  }

  /** Type and detail of the problem, and of its subproblems. */
  static String text(Problem problem) {
    String type = String.valueOf(problem.getType());
    String detail = problem.getDetail().or(problem::getTitle).map(text -> ": " + text).orElse("");
    String parts =
        problem.getSubProblems().stream().map(AcmeErrors::text).collect(Collectors.joining("; "));
    return type.substring(type.lastIndexOf(':') + 1)
        + detail
        + (parts.isEmpty() ? "" : " (" + parts + ")");
  }
}
