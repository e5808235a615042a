package org.milvustls.acme;

/**
 * A TXT record that proves control of a name (RFC 8555 section 8.4).
 *
 * @param domain the name to prove, without a wildcard
 * @param name full name of the record, without a dot at the end
 * @param value its content
 */
public record TxtRecord(String domain, String name, String value) {}
