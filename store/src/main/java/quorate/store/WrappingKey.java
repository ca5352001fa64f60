package quorate.store;

import java.time.Instant;

/**
 * The public half of this node's wrapping key.
 *
 * @param spki its SubjectPublicKeyInfo
 */
public record WrappingKey(Bytes spki, Instant createdAt) {}
