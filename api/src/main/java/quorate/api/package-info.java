/**
 * The HTTP API of a node, as records. {@code openapi.yaml} beside them is the source of truth.
 *
 * <p>A record refuses, when it is made, what its schema refuses, so a request that was read is well-formed. Members
 * that may be absent are {@code @Nullable}; nothing else is ever null.
 */
package quorate.api;
