package quorate.store;

/**
 * A signed statement (protocols.md 5.4). The store keeps the bytes and judges nothing: what is kept was verified.
 *
 * @param bytes subject and signature, as the node encodes them
 */
public record Statement(Participant signer, Verb verb, Bytes bytes) {}
