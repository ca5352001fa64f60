package quorate.algebra;

/** Why a secret leaves its type: one search for {@code exposeFor} lists every place that sees raw key material. */
public enum Purpose {
    /** To be sealed under the master key before it is stored. */
    SEALING,
    /** To be sent to exactly one peer over its authenticated, encrypted link. */
    PRIVATE_MESSAGE,
    /** As the secret part of a hedged draw (protocols.md 0.6). */
    HEDGING,
    /** As input of a nonce hash (protocols.md 4.2). */
    NONCE,
    /** To wait in the pool of presignatures, in memory (protocols.md 15.3). */
    POOLING,
    /** To be handed, offline, to the owner of a key that was recovered (protocols.md 8.4). */
    RECOVERY
}
