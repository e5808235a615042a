package org.milvustls.monitor;

import java.time.Duration;
import org.milvustls.pki.CertificateFacts;

/**
 * A certificate of a validated path, and its state.
 *
 * @param source a file or an endpoint
 * @param certificate its facts
 * @param state its state
 * @param left time until not-after; negative when that has passed
 */
public record CertificateStatus(
    String source, CertificateFacts certificate, State state, Duration left) {}
