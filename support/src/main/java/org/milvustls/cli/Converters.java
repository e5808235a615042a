package org.milvustls.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milvustls.MilvusTlsException;
import org.milvustls.milvus.ConfigFormat;
import org.milvustls.milvus.MilvusVersion;
import org.milvustls.pki.KeyMode;
import org.milvustls.pki.KeyType;
import org.milvustls.server.ServerKind;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import picocli.CommandLine.ITypeConverter;

/** Turns option values into values of the library; the library says what is wrong with them. */
final class Converters {
  private static final long MOST_DAYS = 36500;

  private Converters() {}

  static Duration days(long days) {
    if (days < 1 || days > MOST_DAYS) {
      throw MilvusTlsException.usage("not a lifetime in days")
          .seen(days)
          .allowed("1 to " + MOST_DAYS)
          .build();
    }
    return Duration.ofDays(days);
  }

  static final class OfKeyType implements ITypeConverter<KeyType> {
    @Override
    public KeyType convert(String value) {
      return KeyType.of(value);
    }
  }

  static final class OfKeyMode implements ITypeConverter<KeyMode> {
    @Override
    public KeyMode convert(String value) {
      return KeyMode.of(value);
    }
  }

  static final class OfTlsMode implements ITypeConverter<TlsMode> {
    @Override
    public TlsMode convert(String value) {
      return TlsMode.of(value);
    }
  }

  static final class OfServerKind implements ITypeConverter<ServerKind> {
    @Override
    public ServerKind convert(String value) {
      return ServerKind.of(value);
    }
  }

  /** A number of days or hours such as {@code 30d} or {@code 36h}. */
  static final class OfDuration implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})([dh])");

    @Override
    public Duration convert(String value) {
      Matcher matcher = FORM.matcher(value);
      if (!matcher.matches()) {
        throw MilvusTlsException.usage("not a duration")
            .seen(value)
            .allowed("days or hours, as in 30d or 36h")
            .build();
      }
      long amount = Long.parseLong(matcher.group(1));
      return matcher.group(2).equals("d") ? Duration.ofDays(amount) : Duration.ofHours(amount);
    }
  }

  static final class OfConfigFormat implements ITypeConverter<ConfigFormat> {
    @Override
    public ConfigFormat convert(String value) {
      return ConfigFormat.of(value);
    }
  }

  static final class OfTlsProtocol implements ITypeConverter<TlsProtocol> {
    @Override
    public TlsProtocol convert(String value) {
      return TlsProtocol.of(value);
    }
  }

  static final class OfMilvusVersion implements ITypeConverter<MilvusVersion> {
    @Override
    public MilvusVersion convert(String value) {
      return MilvusVersion.of(value);
    }
  }
}
