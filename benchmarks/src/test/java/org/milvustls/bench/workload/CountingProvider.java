package org.milvustls.bench.workload;

import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyPairGeneratorSpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Set;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;

/**
 * Stands before the JVM's own JCA providers, passes every signature, key pair and key agreement on
 * to them, and counts it. Installed for a moment and for the calling thread's work: nothing else
 * may use the JVM's providers meanwhile.
 */
final class CountingProvider extends Provider {
  private static final long serialVersionUID = 1L;
  private static final Set<String> TYPES = Set.of("Signature", "KeyPairGenerator", "KeyAgreement");

  private PublicKeyOperations counted = PublicKeyOperations.NONE;

  private CountingProvider() {
    super("Counting", "1", "counts public-key operations of the providers behind it");
    for (Provider provider : Security.getProviders()) {
      for (Service service : provider.getServices()) {
        if (TYPES.contains(service.getType())
            && getService(service.getType(), service.getAlgorithm()) == null) {
          putService(new Counted(service));
        }
      }
    }
  }

  /** Puts one before all others; take it away by {@link #remove}. */
  static CountingProvider install() {
    CountingProvider provider = new CountingProvider();
    Security.insertProviderAt(provider, 1);
    return provider;
  }

  void remove() {
    Security.removeProvider(getName());
  }

  /** What was counted since the last call. */
  PublicKeyOperations take() {
    PublicKeyOperations taken = counted;
    counted = PublicKeyOperations.NONE;
    return taken;
  }

  private void count(PublicKeyOperations one) {
    counted = counted.plus(one);
  }

  private final class Counted extends Service {
    private final Service behind;

    Counted(Service behind) {
      super(
          CountingProvider.this,
          behind.getType(),
          behind.getAlgorithm(),
          behind.getClassName(),
          List.of(),
          null);
      this.behind = behind;
    }

    @Override
    public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
      Provider provider = behind.getProvider();
      return switch (getType()) {
        case "Signature" -> new CountedSignature(Signature.getInstance(getAlgorithm(), provider));
        case "KeyPairGenerator" ->
            new CountedKeys(KeyPairGenerator.getInstance(getAlgorithm(), provider));
        default -> new CountedAgreement(KeyAgreement.getInstance(getAlgorithm(), provider));
      };
    }
  }

  private final class CountedSignature extends SignatureSpi {
    private final Signature behind;

    CountedSignature(Signature behind) {
      this.behind = behind;
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
      behind.initVerify(key);
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
      behind.initSign(key);
    }

    @Override
    protected void engineInitSign(PrivateKey key, SecureRandom random) throws InvalidKeyException {
      behind.initSign(key, random);
    }

    @Override
    protected void engineUpdate(byte b) throws SignatureException {
      behind.update(b);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int from, int length) throws SignatureException {
      behind.update(bytes, from, length);
    }

    @Override
    protected void engineUpdate(ByteBuffer bytes) {
      try {
        behind.update(bytes);
      } catch (SignatureException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      count(PublicKeyOperations.SIGN);
      return behind.sign();
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
      count(PublicKeyOperations.VERIFY);
      return behind.verify(signature);
    }

    @Override
    protected void engineSetParameter(AlgorithmParameterSpec parameters)
        throws InvalidAlgorithmParameterException {
      behind.setParameter(parameters);
    }

    @Override
    protected AlgorithmParameters engineGetParameters() {
      return behind.getParameters();
    }

    @Override
    @SuppressWarnings("deprecation") // the class asks for it
    protected void engineSetParameter(String name, Object value) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    @SuppressWarnings("deprecation") // the class asks for it
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException(name);
    }
  }

  private final class CountedKeys extends KeyPairGeneratorSpi {
    private final KeyPairGenerator behind;

    CountedKeys(KeyPairGenerator behind) {
      this.behind = behind;
    }

    @Override
    public void initialize(int size, SecureRandom random) {
      behind.initialize(size, random);
    }

    @Override
    public void initialize(AlgorithmParameterSpec parameters, SecureRandom random)
        throws InvalidAlgorithmParameterException {
      behind.initialize(parameters, random);
    }

    @Override
    public KeyPair generateKeyPair() {
      count(PublicKeyOperations.MAKE_KEY);
      return behind.generateKeyPair();
    }
  }

  private final class CountedAgreement extends KeyAgreementSpi {
    private final KeyAgreement behind;

    CountedAgreement(KeyAgreement behind) {
      this.behind = behind;
    }

    @Override
    protected void engineInit(Key key, SecureRandom random) throws InvalidKeyException {
      behind.init(key, random);
    }

    @Override
    protected void engineInit(Key key, AlgorithmParameterSpec parameters, SecureRandom random)
        throws InvalidKeyException, InvalidAlgorithmParameterException {
      behind.init(key, parameters, random);
    }

    @Override
    protected Key engineDoPhase(Key key, boolean last) throws InvalidKeyException {
      return behind.doPhase(key, last);
    }

    @Override
    protected byte[] engineGenerateSecret() {
      count(PublicKeyOperations.AGREE);
      return behind.generateSecret();
    }

    @Override
    protected int engineGenerateSecret(byte[] secret, int from) throws ShortBufferException {
      count(PublicKeyOperations.AGREE);
      return behind.generateSecret(secret, from);
    }

    @Override
    protected SecretKey engineGenerateSecret(String algorithm)
        throws NoSuchAlgorithmException, InvalidKeyException {
      count(PublicKeyOperations.AGREE);
      return behind.generateSecret(algorithm);
    }
  }
}
