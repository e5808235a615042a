package org.milvustls.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Self-signed certificates of localhost, made by the {@code openssl} command. */
record OpensslFiles(Path pem, Path key) {
  static OpensslFiles make(Path folder, String name) throws Exception {
    Path pem = folder.resolve(name + ".pem");
    Path key = folder.resolve(name + ".key");
    CommandRun run =
        CommandRun.of(
            List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout",
                key.toString(),
                "-out",
                pem.toString()),
            Duration.ofSeconds(30));
    assertThat(run.succeeded()).as(String.join("\n", run.output())).isTrue();
    return new OpensslFiles(pem, key);
  }
}
