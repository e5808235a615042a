package org.milvustls.client;

import io.milvus.shaded.io.grpc.CallOptions;
import io.milvus.shaded.io.grpc.Channel;
import io.milvus.shaded.io.grpc.ClientCall;
import io.milvus.shaded.io.grpc.ClientInterceptor;
import io.milvus.shaded.io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.MethodDescriptor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The headers that Milvus reads from each call: credentials, database, and the server's identifier
 * of this connection. The SDK sets the same three ({@code ClientUtils.getChannel}, {@code
 * IdentifierInterceptor}) and builds a new channel to change one; here they change in place.
 */
final class CallHeaders implements ClientInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
  private static final Metadata.Key<String> DATABASE = key("dbname");
  private static final Metadata.Key<String> IDENTIFIER = key("identifier");

  private volatile @Nullable String authorization;
  private volatile @Nullable String database;
  private volatile @Nullable String identifier;

  CallHeaders(Optional<Credentials> credentials, Optional<String> database) {
    this.authorization = credentials.map(Credentials::header).orElse(null);
    this.database = database.orElse(null);
  }

  void credentials(Credentials value) {
    authorization = value.header();
  }

  void database(String value) {
    database = value;
  }

  void identifier(long value) {
    identifier = Long.toString(value);
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        put(headers, AUTHORIZATION, authorization);
        put(headers, DATABASE, database);
        put(headers, IDENTIFIER, identifier);
        super.start(listener, headers);
      }
    };
  }

  private static void put(Metadata headers, Metadata.Key<String> key, @Nullable String value) {
    if (value != null) {
      headers.put(key, value);
    }
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
