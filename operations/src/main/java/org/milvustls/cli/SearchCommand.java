package org.milvustls.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.client.ConnectionFailedException;
import org.milvustls.client.MilvusSearch;
import org.milvustls.client.SearchHit;
import org.milvustls.client.SearchQuery;
import org.milvustls.client.Vectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code search}: finds nearest neighbours over the secured connection. */
@Command(
    name = "search",
    description = "Searches a collection, and says over what it ran.",
    footer = "  milvus-tls search --ca certs/ca.pem --collection docs --random --limit 5")
final class SearchCommand implements Callable<Integer> {
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--collection", required = true, paramLabel = "NAME", description = "Where.")
  private String collection = "";

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  @Option(names = "--field", paramLabel = "NAME", description = "Vector field, if several.")
  private @Nullable String field;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = Converters.OfHits.class,
      description = "Most hits. Default: 10.")
  private int limit = 10;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = "L2, IP or COSINE. Default: that of the index.")
  private @Nullable String metric;

  @Option(
      names = "--nprobe",
      paramLabel = "N",
      converter = Converters.OfEffort.class,
      description = "Clusters to look into (IVF).")
  private @Nullable Integer nprobe;

  @Option(
      names = "--ef",
      paramLabel = "N",
      converter = Converters.OfEffort.class,
      description = "Candidates to look at (HNSW).")
  private @Nullable Integer ef;

  @Option(
      names = "--output",
      split = ",",
      paramLabel = "FIELD",
      description = "Fields to return with each hit.")
  private List<String> output = new ArrayList<>();

  @Option(names = "--filter", paramLabel = "EXPR", description = "Such as 'year > 2020'.")
  private @Nullable String filter;

  @Option(
      names = "--consistency",
      paramLabel = "LEVEL",
      description = "strong, session, bounded or eventually. Default: that of the collection.")
  private @Nullable String consistency;

  @Option(names = "--json", description = "Report as JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** The source of the query vector. */
  private static final class Source {
    @Option(
        names = "--vector",
        paramLabel = "FILE",
        description = "File with numbers, as JSON or separated by blanks; '-' reads stdin.")
    private @Nullable String file;

    @Option(names = "--random", description = "A vector of random numbers.")
    private boolean random;
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try (MilvusSearch search = MilvusSearch.open(connection.settings())) {
      List<SearchHit> hits = search.search(query(search));
      SearchReport report = new SearchReport(search.connection(), hits, output);
      PrintWriter out = spec.commandLine().getOut();
      out.print(json ? report.json() : report.table());
      out.flush();
      err.println(report.over());
      err.flush();
      return ExitCodes.OK;
    } catch (ConnectionFailedException e) {
      err.println("milvus-tls: " + e.getMessage());
      err.flush();
      return ExitCodes.NO;
    }
  }

  private SearchQuery query(MilvusSearch search) {
    SearchQuery.Builder query = SearchQuery.builder(collection, vector(search)).limit(limit);
    if (field != null) {
      query.field(field);
    }
    if (metric != null) {
      query.metric(metric);
    }
    if (nprobe != null) {
      query.parameter("nprobe", nprobe);
    }
    if (ef != null) {
      query.parameter("ef", ef);
    }
    if (filter != null) {
      query.filter(filter);
    }
    if (consistency != null) {
      query.consistency(consistency);
    }
    return query.outputFields(output).build();
  }

  private List<Float> vector(MilvusSearch search) {
    String file = source.file;
    if (source.random || file == null) {
      return Vectors.random(search.dimension(collection, Optional.ofNullable(field)), new Random());
    }
    try {
      return Vectors.parse(
          "-".equals(file)
              ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
              : Files.readString(Path.of(file)));
    } catch (IOException e) {
      throw MilvusTlsException.failure("the vector cannot be read, " + why(file, e))
          .seen(file)
          .next("name a text file with numbers, or '-' for stdin")
          .cause(e)
          .build();
    }
  }

  private static String why(String file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "this user may not read it";
    }
    if (e instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    return Files.isDirectory(Path.of(file)) ? "it is a folder" : String.valueOf(e.getMessage());
  }
}
