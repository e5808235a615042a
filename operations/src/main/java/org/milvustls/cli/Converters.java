package org.milvustls.cli;

import java.time.Duration;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milvustls.MilvusTlsException;
import org.milvustls.client.SearchQuery;
import org.milvustls.milvus.ConfigFormat;
import org.milvustls.milvus.MilvusVersion;
import org.milvustls.pki.KeyMode;
import org.milvustls.pki.KeyType;
import org.milvustls.server.ServerKind;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import picocli.CommandLine.ITypeConverter;

/** Turns option values into values of the library, which reports errors in them. */
final class Converters {
  private Converters() {}

  /** A whole number within bounds, both included. */
  private static int wholeNumber(String what, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, as for a number out of bounds.
    }
    throw MilvusTlsException.usage(what).seen(value).allowed(least + " to " + most).build();
  }

  static final class OfPort implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return wholeNumber("not a port", value, 1, 65535);
    }
  }

  /** A port, or 0 for none. */
  static final class OfPortOrNone implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return wholeNumber("not a port", value, 0, 65535);
    }
  }

  static final class OfHits implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return wholeNumber("not a number of hits", value, 1, SearchQuery.MOST_HITS);
    }
  }

  /** The search effort in an index; Milvus may allow less. */
  static final class OfEffort implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return wholeNumber("not a number of candidates", value, 1, Integer.MAX_VALUE);
    }
  }

  static final class OfSeconds implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      return Duration.ofSeconds(wholeNumber("not a time limit in seconds", value, 1, 3600));
    }
  }

  static final class OfDays implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      return Duration.ofDays(wholeNumber("not a lifetime in days", value, 1, 36500));
    }
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

  /** The release lines of Milvus, for help and completion. */
  static final class MilvusLines implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return MilvusVersion.lines().iterator();
    }
  }
}
