package org.milvustls.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.vector.request.InsertReq;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.pki.CertificateDirectory.ClientFiles;
import org.milvustls.server.MilvusServer;
import org.milvustls.tls.TlsMode;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What a program gets that depends on this library, and that a search needs no more. */
class MinimalClassPathTest {
  /** What pom.xml does not call optional; the rest only server, monitor, scan, acme or cli need. */
  private static final Set<String> NEEDED =
      Set.of(
          "milvus-sdk-java",
          "netty-handler",
          "netty-tcnative-boringssl-static",
          "bcpkix-jdk18on",
          "jackson-databind",
          "dotenv-java",
          "slf4j-api",
          "jspecify");

  /** Their jars and those that they bring along, without Jackson, which only {@code pki} needs. */
  private static final List<String> JARS =
      List.of(
          "milvus-sdk-java-",
          "gson-",
          "guava-",
          "failureaccess-",
          "commons-",
          "protobuf-java-",
          "proto-google-common-protos-",
          "perfmark-api-",
          "okhttp-",
          "okio-",
          "kotlin-stdlib-",
          "annotations-",
          "netty-",
          "bcpkix-",
          "bcprov-",
          "bcutil-",
          "dotenv-java-",
          "slf4j-api-",
          "jspecify-");

  @Test
  void all_other_dependencies_are_optional() throws Exception {
    Element project =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new File("pom.xml"))
            .getDocumentElement();
    NodeList dependencies =
        ((Element) project.getElementsByTagName("dependencies").item(0))
            .getElementsByTagName("dependency");
    List<String> needed = new ArrayList<>();
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      boolean optional = dependency.getElementsByTagName("optional").getLength() > 0;
      boolean test = dependency.getElementsByTagName("scope").getLength() > 0;
      if (!optional && !test) {
        needed.add(dependency.getElementsByTagName("artifactId").item(0).getTextContent());
      }
    }
    assertThat(needed).containsExactlyInAnyOrderElementsOf(NEEDED);
  }

  @Test
  void a_search_over_mutual_tls_needs_none_of_them(@TempDir Path folder) throws Exception {
    RealMilvus real = new RealMilvus(folder);
    try (MilvusServer server = real.start(TlsMode.MUTUAL)) {
      fill(real, server);
      ClientFiles client = real.certificates().clientFiles("search");
      ProcessBuilder jvm =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  minimalClassPath(),
                  MinimalSearch.class.getName(),
                  "docs")
              .directory(folder.toFile())
              .redirectErrorStream(true);
      jvm.environment().put("MILVUS_HOST", "localhost");
      jvm.environment().put("MILVUS_PORT", Integer.toString(server.port()));
      jvm.environment().put("MILVUS_TLS", "mutual");
      jvm.environment().put("MILVUS_CA", real.certificates().trustAnchors().toString());
      jvm.environment().put("MILVUS_CLIENT_CERT", client.certificate().toString());
      jvm.environment().put("MILVUS_CLIENT_KEY", client.key().toString());
      Process process = jvm.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("the search ended").isTrue();
      assertThat(process.exitValue()).as(said).isZero();
      assertThat(said).contains("hit 3 over NegotiatedSession[").contains("protocol=TLSv1.3");
    }
  }

  private static void fill(RealMilvus real, MilvusServer server) {
    ConnectionSettings settings =
        ConnectionSettings.builder("localhost", server.port(), real.tls(TlsMode.MUTUAL).build())
            .build();
    try (SecureMilvus milvus = SecureMilvus.connect(settings)) {
      milvus
          .client()
          .createCollection(
              CreateCollectionReq.builder()
                  .collectionName("docs")
                  .dimension(2)
                  .metricType("L2")
                  .consistencyLevel(io.milvus.v2.common.ConsistencyLevel.STRONG)
                  .build());
      List<JsonObject> rows = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        JsonObject row = new JsonObject();
        row.addProperty("id", i);
        JsonArray vector = new JsonArray();
        vector.add(0);
        vector.add(i);
        row.add("vector", vector);
        rows.add(row);
      }
      milvus.client().insert(InsertReq.builder().collectionName("docs").data(rows).build());
    }
  }

  private static String minimalClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(
            entry ->
                !entry.endsWith(".jar")
                    || JARS.stream().anyMatch(new File(entry).getName()::startsWith))
        .map(entry -> new File(entry).getAbsolutePath())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
