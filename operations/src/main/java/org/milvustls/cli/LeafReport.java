package org.milvustls.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.HostName;
import org.milvustls.pki.LeafEntry;
import org.milvustls.pki.LeafRole;
import org.milvustls.pki.PemFiles;

/** Shows the leaves of a certificate directory. */
final class LeafReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CertificateDirectory directory;

  LeafReport(CertificateDirectory directory) {
    this.directory = directory;
  }

  String text(List<LeafEntry> leaves) {
    return leaves.stream().map(this::line).collect(Collectors.joining());
  }

  private String line(LeafEntry entry) {
    return String.format(
        Locale.ROOT,
        "  %-24s %-11s until %s  %s%n",
        entry.path(),
        entry.keyType(),
        certificate(entry).getNotAfter().toInstant(),
        names(entry));
  }

  String json(boolean created, List<LeafEntry> leaves) {
    ObjectNode root = JSON.createObjectNode();
    root.put("created", created);
    root.put("directory", directory.path().toString());
    root.put("trustAnchors", directory.trustAnchors().toString());
    ArrayNode array = root.putArray("leaves");
    for (LeafEntry entry : leaves) {
      ObjectNode node = array.addObject();
      node.put("role", entry.role().id());
      node.put("name", entry.name());
      node.put("source", entry.source().id());
      ArrayNode names = node.putArray("names");
      entry.names().forEach(name -> names.add(name.value()));
      node.put("keyType", entry.keyType().id());
      X509Certificate certificate = certificate(entry);
      node.put("serial", certificate.getSerialNumber().toString(16));
      node.put("notBefore", certificate.getNotBefore().toInstant().toString());
      node.put("notAfter", certificate.getNotAfter().toInstant().toString());
      node.put("certificate", file(entry).toString());
    }
    return root.toPrettyString();
  }

  private X509Certificate certificate(LeafEntry entry) {
    return PemFiles.certificates(file(entry)).get(0);
  }

  private Path file(LeafEntry entry) {
    return entry.role() == LeafRole.SERVER
        ? directory.serverFiles(entry.name()).certificate()
        : directory.clientFiles(entry.name()).certificate();
  }

  private static String names(LeafEntry entry) {
    return entry.names().stream().map(HostName::value).collect(Collectors.joining(", "));
  }
}
