package quorate.rounds;

/** This node's statement key (protocols.md 0.4): Ed25519, made once, used for nothing but 32-byte digests. */
@FunctionalInterface
public interface StatementSigner {
    /** The signature, 64 bytes, of {@code digest}, 32 bytes. */
    byte[] sign(byte[] digest);
}
