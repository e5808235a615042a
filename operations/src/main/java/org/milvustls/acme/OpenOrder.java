package org.milvustls.acme;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.HostName;
import org.milvustls.pki.KeyType;
import org.milvustls.pki.PrivateFolder;

/**
 * A pending order with the key to certify. Stored before the CA signs it, until the certificate is
 * installed. After an interruption in between, the next command fetches this certificate instead of
 * ordering another.
 */
final class OpenOrder {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Document document;
  private final KeyPair pair;

  /** The file as Jackson sees it: keys are PKCS#8 and SubjectPublicKeyInfo in base64. */
  private record Document(
      String location,
      String directory,
      @Nullable String profile,
      Set<String> names,
      String algorithm,
      String publicKey,
      String privateKey) {
    /** Shows no key. */
    @Override
    public String toString() {
      return "Document[" + location + ", key hidden]";
    }
  }

  private OpenOrder(Document document, KeyPair pair) {
    this.document = document;
    this.pair = pair;
  }

  static OpenOrder of(URL location, AcmeRequest request, KeyPair pair) {
    Base64.Encoder base64 = Base64.getEncoder();
    return new OpenOrder(
        new Document(
            location.toString(),
            request.settings().directory().toString(),
            request.settings().profile().orElse(null),
            names(request),
            pair.getPrivate().getAlgorithm(),
            base64.encodeToString(pair.getPublic().getEncoded()),
            base64.encodeToString(pair.getPrivate().getEncoded())),
        pair);
  }

  private static Set<String> names(AcmeRequest request) {
    return Set.copyOf(request.names().stream().map(HostName::value).toList());
  }

  URL location() {
    return url(document.location());
  }

  KeyPair pair() {
    return pair;
  }

  /**
   * Whether this order matches the current request.
   *
   * @param reused the required key of the new leaf; empty: a new one
   * @param current the key of the current leaf; empty: no leaf
   */
  boolean fits(AcmeRequest request, Optional<PublicKey> reused, Optional<PublicKey> current) {
    return document.directory().equals(request.settings().directory().toString())
        && Optional.ofNullable(document.profile()).equals(request.settings().profile())
        && document.names().equals(names(request))
        && KeyType.of(pair.getPublic()).equals(Optional.of(request.keyType()))
        && reused.map(this::isFor).orElse(!current.map(this::isFor).orElse(false));
  }

  private boolean isFor(PublicKey key) {
    return Arrays.equals(key.getEncoded(), pair.getPublic().getEncoded());
  }

  static Optional<OpenOrder> read(PrivateFolder folder, String server) {
    return folder.text(file(server)).map(text -> parse(text, folder.file(file(server))));
  }

  private static OpenOrder parse(String text, Path file) {
    try {
      Document document = JSON.readValue(text, Document.class);
      List<byte[]> keys =
          List.of(
              Base64.getDecoder().decode(document.publicKey()),
              Base64.getDecoder().decode(document.privateKey()));
      KeyFactory factory = KeyFactory.getInstance(document.algorithm());
      url(document.location());
      return new OpenOrder(
          document,
          new KeyPair(
              factory.generatePublic(new X509EncodedKeySpec(keys.get(0))),
              factory.generatePrivate(new PKCS8EncodedKeySpec(keys.get(1)))));
    } catch (JsonProcessingException
        | GeneralSecurityException
        | IllegalArgumentException
        | NullPointerException e) {
      // Without the cause, which could show a part of the key.
      throw MilvusTlsException.failure("the record of an unfinished order is damaged")
          .seen(file)
          .next("delete the file; the certificate is then ordered anew")
          .build();
    }
  }

  private static URL url(String address) {
    try {
      return URI.create(address).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  void write(PrivateFolder folder, String server) {
    try {
      folder.write(file(server), JSON.writeValueAsString(document) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings have a JSON form", e);
    }
  }

  /** Deletes the order after its certificate is installed. */
  static void forget(PrivateFolder folder, String server) {
    folder.delete(file(server));
  }

  private static String file(String server) {
    return server + ".order";
  }

  /** Shows the address of the order, never its key. */
  @Override
  public String toString() {
    return document.toString();
  }
}
