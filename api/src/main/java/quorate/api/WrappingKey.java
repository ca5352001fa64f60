package quorate.api;

/**
 * The RSA key for which other installations wrap shares that are meant for this node. Its private half never leaves it.
 *
 * @param fingerprint SHA-256 of {@code publicKey}, to be compared over another way
 * @param publicKey its SubjectPublicKeyInfo
 */
public record WrappingKey(int player, Bytes fingerprint, Bytes publicKey) {
    static final int MAX_SPKI_BYTES = 2048;
    private static final int HASH_BYTES = 32;

    public WrappingKey {
        Require.player("player", player);
        Require.size("fingerprint", fingerprint, HASH_BYTES);
        Require.between("the length of publicKey", Require.present("publicKey", publicKey).size(), 1, MAX_SPKI_BYTES);
    }
}
