package quorate.api;

/**
 * A sealed share backup, which only the holder of the RSA key can open.
 *
 * @param recipient SHA-256 of the SubjectPublicKeyInfo of that key
 * @param file the whole file, see docs/formats/share-backup.md
 */
public record ShareBackup(int player, String keyId, long epoch, Bytes shareId, Bytes recipient, Bytes file) {
    private static final int HASH_BYTES = 32;

    public ShareBackup {
        Require.player("player", player);
        Require.keyId("keyId", keyId);
        Require.between("epoch", epoch, 0, Long.MAX_VALUE);
        Require.size("shareId", shareId, HASH_BYTES);
        Require.size("recipient", recipient, HASH_BYTES);
        Require.present("file", file);
    }
}
