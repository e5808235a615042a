package org.milvustls.milvus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.milvustls.milvus.ConfigFinding.Severity;

/**
 * Judges what the external listener would do ({@code internal/distributed/proxy/service.go} and
 * {@code listener_manager.go} of Milvus).
 */
final class ListenerCheck {
  private static final int DEFAULT_PORT = 19530;

  private final MilvusVersion version;
  private final EffectiveSettings settings;
  private final List<ConfigFinding> findings = new ArrayList<>();

  ListenerCheck(MilvusVersion version, EffectiveSettings settings) {
    this.version = version;
    this.settings = settings;
  }

  List<ConfigFinding> findings() {
    return List.copyOf(findings);
  }

  /** The mode that Milvus reads: a value that is not a number counts as 0. */
  int mode() {
    return settings.number(TlsKeys.MODE).orElse(0);
  }

  boolean encrypts() {
    return mode() == 1 || mode() == 2;
  }

  /** The behaviour of the server in a sentence; also collects findings. */
  String effect() {
    Optional<Setting> mode = settings.find(TlsKeys.MODE);
    checkFilesWithoutMode(mode);
    if (mode.isEmpty()) {
      return "serves plaintext: " + TlsKeys.MODE + " is not set";
    }
    if (settings.number(TlsKeys.MODE).isEmpty()) {
      add(
          "mode-not-a-number",
          mode.get(),
          "'" + mode.get().value() + "' is no number, Milvus takes 0",
          "write 0, 1 or 2");
      return "serves plaintext: " + told(mode.get()) + " is no number";
    }
    if (mode() == 0) {
      return "serves plaintext: " + told(mode.get()) + " is 0";
    }
    if (!encrypts()) {
      return unknownMode(mode.get());
    }
    List<String> missing = missingFiles();
    if (!missing.isEmpty()) {
      return "does not start: " + String.join(", ", missing) + " not set";
    }
    if (restSharesPort() && version.release().refusesSharedRestPort()) {
      return "does not start: REST and gRPC share a port, which Milvus refuses with TLS";
    }
    return mode() == 1
        ? "serves TLS, clients show no certificate: " + told(mode.get()) + " is 1"
        : "serves mutual TLS, TLS 1.3 alone: " + told(mode.get()) + " is 2";
  }

  private static String told(Setting setting) {
    return TlsKeys.MODE + " (" + setting.place() + ")";
  }

  private void checkFilesWithoutMode(Optional<Setting> mode) {
    if (encrypts()) {
      return;
    }
    Optional<Setting> file =
        settings.find(TlsKeys.SERVER_PEM).or(() -> settings.find(TlsKeys.SERVER_KEY));
    // Files that are named but not used. Images contain such a configuration, so it is not an
    // error.
    if (file.isPresent() && mode.isEmpty()) {
      findings.add(
          new ConfigFinding(
              Severity.ERROR,
              "files-without-mode",
              file.get().place(),
              "certificate files are named, but " + TlsKeys.MODE + " is not set: they are not used",
              "set " + TlsKeys.MODE + " to 1 (server) or 2 (mutual)"));
    }
  }

  private String unknownMode(Setting mode) {
    boolean refused =
        settings.isTrue(TlsKeys.HTTP_ENABLED, true) && version.release().refusesUnknownMode();
    add(
        "unknown-mode",
        mode,
        "tlsMode "
            + mode.value()
            + " does not exist; "
            + (refused ? "the server does not start" : "the server serves plaintext"),
        "write 1 (server) or 2 (mutual)");
    return (refused ? "does not start: " : "serves plaintext: ")
        + told(mode)
        + " is "
        + mode.value();
  }

  private List<String> missingFiles() {
    List<String> missing = new ArrayList<>();
    List<String> needed = new ArrayList<>(List.of(TlsKeys.SERVER_PEM, TlsKeys.SERVER_KEY));
    if (mode() == 2) {
      needed.add(TlsKeys.CLIENT_CA);
    }
    for (String key : needed) {
      if (settings.find(key).isEmpty()) {
        missing.add(key);
        Setting mode = settings.find(TlsKeys.MODE).orElseThrow();
        add(
            "missing-file-setting",
            mode,
            "tlsMode " + mode.value() + " needs " + key,
            "set it to an absolute path");
      }
    }
    return missing;
  }

  /** Whether REST shares the port of gRPC, which is so without a port of its own. */
  private boolean restSharesPort() {
    if (!settings.isTrue(TlsKeys.HTTP_ENABLED, true)) {
      return false;
    }
    OptionalInt rest = settings.number(TlsKeys.HTTP_PORT);
    return rest.isEmpty()
        || rest.getAsInt() == settings.number(TlsKeys.PROXY_PORT).orElse(DEFAULT_PORT);
  }

  /** Findings that do not change what the listener does. */
  void checkRest() {
    if (encrypts() && restSharesPort()) {
      Setting mode = settings.find(TlsKeys.MODE).orElseThrow();
      boolean refuses = version.release().refusesSharedRestPort();
      findings.add(
          new ConfigFinding(
              refuses ? Severity.ERROR : Severity.WARNING,
              "rest-port-clash",
              settings.find(TlsKeys.HTTP_PORT).orElse(mode).place(),
              refuses
                  ? "REST shares the port of gRPC; Milvus "
                      + version
                      + " then does not start with TLS (the first 2.4 releases drop REST instead)"
                  : "REST shares the port of gRPC; Milvus "
                      + version
                      + " silently drops it with TLS",
              "set " + TlsKeys.HTTP_PORT + ": 8080, or " + TlsKeys.HTTP_ENABLED + ": false"));
    }
  }

  void checkPaths() {
    for (String key : List.of(TlsKeys.SERVER_PEM, TlsKeys.SERVER_KEY, TlsKeys.CLIENT_CA)) {
      settings
          .find(key)
          .filter(setting -> encrypts() && !setting.value().startsWith("/"))
          .ifPresent(
              setting ->
                  findings.add(
                      new ConfigFinding(
                          Severity.WARNING,
                          "relative-path",
                          setting.place(),
                          "'"
                              + setting.value()
                              + "' is looked up in the server's working directory, where images"
                              + " ship a key pair that everybody has",
                          "write an absolute path")));
    }
  }

  /**
   * Without users, mode 1 looks protected but is open to anyone who reaches the port. For plaintext
   * and mode 2, the link itself reports that.
   */
  void checkAuthorization() {
    boolean plaintext = settings.find(TlsKeys.MODE).map(s -> s.value().equals("0")).orElse(true);
    if (mode() == 1 && !authorizes()) {
      warn(
          "no-authorization",
          "TLS is on, but whoever reaches the port may read and delete everything",
          "set "
              + TlsKeys.AUTHORIZATION
              + ": true and change the password of root, or use tlsMode 2");
    }
    if (plaintext && authorizes()) {
      warn(
          "password-in-plaintext",
          "clients send their user and password with each call, and this listener is plaintext",
          "set " + TlsKeys.MODE + ": 1 (server) or 2 (mutual)");
    }
  }

  /** Whether calls need credentials. */
  boolean authorizes() {
    return settings.isTrue(TlsKeys.AUTHORIZATION, false);
  }

  private void warn(String id, String reason, String remedy) {
    String place =
        settings.find(TlsKeys.AUTHORIZATION).map(Setting::place).orElse(TlsKeys.AUTHORIZATION);
    findings.add(new ConfigFinding(Severity.WARNING, id, place, reason, remedy));
  }

  private void add(String id, Setting at, String reason, String remedy) {
    findings.add(new ConfigFinding(Severity.ERROR, id, at.place(), reason, remedy));
  }
}
