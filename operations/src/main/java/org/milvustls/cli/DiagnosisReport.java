package org.milvustls.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;
import org.milvustls.client.ConnectionDiagnosis;
import org.milvustls.client.DiagnosedStep;
import org.milvustls.milvus.Link;
import org.milvustls.tls.NegotiatedSession;

/** A diagnosis as text and as JSON. */
final class DiagnosisReport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INDENT = " ".repeat(24);

  private final ConnectionDiagnosis diagnosis;

  DiagnosisReport(ConnectionDiagnosis diagnosis) {
    this.diagnosis = diagnosis;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (DiagnosedStep step : diagnosis.steps()) {
      text.append(
          String.format(
              Locale.ROOT, "%-16s%-8s%s%s%n", step.name(), word(step), step.detail(), took(step)));
      step.notes().forEach(note -> text.append(INDENT).append(note).append('\n'));
      step.remedy()
          .ifPresent(next -> text.append(INDENT).append("next: ").append(next).append('\n'));
    }
    if (!diagnosis.links().isEmpty()) {
      text.append("\nLinks of this Milvus:\n");
    }
    for (Link link : diagnosis.links()) {
      text.append(
          String.format(
              Locale.ROOT, "  %-32s%-12s%s%n", link.name(), link.protection().id(), link.remark()));
    }
    return text.toString();
  }

  String json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("target", diagnosis.settings().target());
    root.put("tls", diagnosis.settings().tls().mode().id());
    root.put("connected", diagnosis.isConnected());
    diagnosis.failed().ifPresent(step -> root.put("failedStep", step.name()));
    diagnosis.negotiated().ifPresent(got -> root.set("negotiated", negotiated(got)));
    ArrayNode steps = root.putArray("steps");
    diagnosis.steps().forEach(step -> steps.add(step(step)));
    ArrayNode links = root.putArray("links");
    for (Link link : diagnosis.links()) {
      ObjectNode node = links.addObject();
      node.put("name", link.name());
      node.put("protection", link.protection().id());
      node.put("remark", link.remark());
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root)
          + System.lineSeparator();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of text and numbers can be written", e);
    }
  }

  private static ObjectNode negotiated(NegotiatedSession got) {
    ObjectNode node = JSON.createObjectNode();
    node.put("provider", got.provider());
    node.put("protocol", got.protocol());
    node.put("cipherSuite", got.cipherSuite());
    got.namedGroup().ifPresent(group -> node.put("namedGroup", group));
    node.put("resumed", got.resumed());
    got.alpn().ifPresent(alpn -> node.put("alpn", alpn));
    got.peerKey().ifPresent(key -> node.put("peerKey", key));
    return node;
  }

  private static ObjectNode step(DiagnosedStep step) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", step.name());
    node.put("state", step.state().name().toLowerCase(Locale.ROOT));
    node.put("detail", step.detail());
    ArrayNode notes = node.putArray("notes");
    step.notes().forEach(notes::add);
    step.took().ifPresent(took -> node.put("millis", millis(took)));
    step.remedy().ifPresent(next -> node.put("next", next));
    return node;
  }

  private static String word(DiagnosedStep step) {
    return switch (step.state()) {
      case OK -> "ok";
      case FAILED -> "FAILED";
      case SKIPPED -> "-";
    };
  }

  private static String took(DiagnosedStep step) {
    return step.took()
        .map(took -> String.format(Locale.ROOT, "  [%.1f ms]", millis(took)))
        .orElse("");
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
