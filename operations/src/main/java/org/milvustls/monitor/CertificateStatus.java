package org.milvustls.monitor;

import java.time.Duration;
import org.milvustls.pki.CertificateFacts;

/**
 * A certificate of a validated path, and how it is.
 *
 * @param source where it was seen: a file, or an endpoint
 * @param certificate what stands in it
 * @param state how it is
 * @param left time until not-after; negative when that has passed
 */
public record CertificateStatus(
    String source, CertificateFacts certificate, State state, Duration left) {}
