package org.milvustls.tls;

/**
 * Counts of the data that one side sent while it was observed.
 *
 * @param bytes bytes, record headers included
 * @param records TLS records (RFC 8446 section 5.1)
 * @param flights groups of records without one of the other side in between
 */
public record WireCount(long bytes, long records, long flights) {}
