package org.milvustls.acme;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.PrivateFolder;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Metadata;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.util.KeyPairUtils;

/** The account at a CA: one for each certificate directory, with a stored and reused key. */
final class AcmeAccount {
  private final PrivateFolder folder;
  private final AcmeSettings settings;

  AcmeAccount(PrivateFolder folder, AcmeSettings settings) {
    this.folder = folder;
    this.settings = settings;
  }

  private String keyFile() {
    return settings.directory().fileName() + ".key";
  }

  private String addressFile() {
    return settings.directory().fileName() + ".account";
  }

  /** The login of an existing account; makes no request. */
  Optional<Login> existing(Session session) {
    Optional<String> address = folder.text(addressFile()).map(String::strip);
    return address.isPresent() && folder.text(keyFile()).isPresent()
        ? Optional.of(session.login(url(address.get()), keyPair()))
        : Optional.empty();
  }

  /** The login; creates an account if there is none. */
  Login login(Session session, AccountTerms terms) throws AcmeException {
    Optional<Login> existing = existing(session);
    return existing.isPresent() ? existing.get() : register(session, terms);
  }

  private Login register(Session session, AccountTerms terms) throws AcmeException {
    Metadata metadata = session.getMetadata();
    if (!terms.agreed()) {
      throw MilvusTlsException.usage("the CA's terms of service have to be agreed to")
          .seen(
              metadata
                  .getTermsOfService()
                  .map(URI::toString)
                  .orElse(session.getServerUri().toString()))
          .next("read them, then add --agree-tos")
          .build();
    }
    if (metadata.isExternalAccountRequired() && terms.externalAccount().isEmpty()) {
      throw MilvusTlsException.usage("this CA asks for an external account")
          .seen(settings.directory())
          .next("give --eab-kid and the key with --eab-key-file, or in MILVUS_ACME_EAB_KEY")
          .build();
    }
    AccountBuilder account = new AccountBuilder().agreeToTermsOfService().useKeyPair(keyPair());
    settings.email().ifPresent(account::addEmail);
    terms
        .externalAccount()
        .ifPresent(each -> account.withKeyIdentifier(each.keyIdentifier(), each.key()));
    Login login = account.createLogin(session);
    folder.write(addressFile(), login.getAccountLocation() + "\n");
    return login;
  }

  /**
   * Makes and stores the key before the first request, so that the key of an account is never lost.
   */
  private KeyPair keyPair() {
    String file = keyFile();
    try {
      Optional<String> known = folder.text(file);
      if (known.isPresent()) {
        return KeyPairUtils.readKeyPair(new StringReader(known.get()));
      }
      KeyPair pair = newKeyPair();
      StringWriter text = new StringWriter();
      KeyPairUtils.writeKeyPair(pair, text);
      folder.write(file, text.toString());
      return pair;
    } catch (IOException e) {
      throw MilvusTlsException.failure("the key of the ACME account is damaged")
          .seen(folder.file(file))
          .next("restore it from a copy, or delete the file to make a new account")
          .cause(e)
          .build();
    }
  }

  /**
   * Uses Bouncy Castle, whose keys include the public key when written to a file; the JDK's do not.
   */
  private static KeyPair newKeyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Bouncy Castle knows P-256", e);
    }
  }

  private static URL url(String address) {
    try {
      return URI.create(address).toURL();
    } catch (IllegalArgumentException | MalformedURLException e) {
      throw MilvusTlsException.failure("the recorded address of the account is damaged")
          .seen(address)
          .cause(e)
          .build();
    }
  }
}
