package org.milvustls.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.milvustls.client.SearchHit;
import org.milvustls.client.SecureMilvus;
import org.milvustls.tls.NegotiatedSession;

/** Prints hits as a table or as JSON, with the protection of the connection. */
final class SearchReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SecureMilvus connection;
  private final List<SearchHit> hits;
  private final List<String> fields;

  SearchReport(SecureMilvus connection, List<SearchHit> hits, List<String> fields) {
    this.connection = connection;
    this.hits = List.copyOf(hits);
    this.fields = List.copyOf(fields);
  }

  String table() {
    StringBuilder text =
        new StringBuilder(String.format(Locale.ROOT, "%4s  %-24s%14s", "rank", "id", "score"));
    fields.forEach(field -> text.append("  ").append(field));
    text.append('\n');
    int rank = 1;
    for (SearchHit hit : hits) {
      text.append(String.format(Locale.ROOT, "%4d  %-24s%14.6f", rank++, hit.id(), hit.score()));
      fields.forEach(field -> text.append("  ").append(hit.fields().get(field)));
      text.append('\n');
    }
    return text.toString();
  }

  String json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("over", over());
    ArrayNode list = root.putArray("hits");
    for (SearchHit hit : hits) {
      ObjectNode node = list.addObject();
      node.putPOJO("id", hit.id());
      node.put("score", hit.score());
      if (!fields.isEmpty()) {
        ObjectNode values = node.putObject("fields");
        fields.forEach(field -> values.putPOJO(field, hit.fields().get(field)));
      }
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root)
          + System.lineSeparator();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of text and numbers can be written", e);
    }
  }

  /** The protection of the search in one line. */
  String over() {
    return connection
        .negotiated()
        .map(got -> over(got) + peer())
        .orElse("over plaintext, as asked");
  }

  private static String over(NegotiatedSession got) {
    return "over " + got.protocol() + ", " + got.cipherSuite() + " by " + got.provider();
  }

  private String peer() {
    return connection.peerChain().stream()
        .findFirst()
        .map(leaf -> "; server '" + leaf.getSubjectX500Principal().getName() + "'")
        .orElse("");
  }
}
