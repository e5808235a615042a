package org.milvustls.tls;

/**
 * What one side sent while it was watched.
 *
 * @param bytes bytes, record headers included
 * @param records TLS records (RFC 8446 section 5.1)
 * @param flights groups of records without one of the other side in between
 */
public record WireCount(long bytes, long records, long flights) {}
