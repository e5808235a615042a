package org.milvustls.acme;

/**
 * A TXT record that shows that a name is ours (RFC 8555 section 8.4).
 *
 * @param domain the name to be shown as ours, without a wildcard
 * @param name full name of the record, without a dot at the end
 * @param value its content
 */
public record TxtRecord(String domain, String name, String value) {}
