package quorate.rounds;

/** Verifies what statement keys signed (protocols.md 0.4). Total: whatever the bytes are, true or false. */
@FunctionalInterface
public interface StatementVerifier {
    /**
     * Whether the holder of {@code publicKey} signed {@code digest}.
     *
     * @param publicKey the Ed25519 key of the signer, 32 bytes
     * @param digest 32 bytes
     * @param signature 64 bytes
     */
    boolean verify(byte[] publicKey, byte[] digest, byte[] signature);
}
