package quorate.api;

import java.util.List;

/**
 * A node found a part of recovery data true, and its keys as this node knows them.
 *
 * @param index of the party that made the part
 * @param recipient SHA-256 of the SubjectPublicKeyInfo of the RSA key that opens it
 * @param digest SHA-256 of the part
 */
public record ValidatedProof(int player, int index, List<String> keyIds, Bytes recipient, Bytes digest) {
    private static final int HASH_BYTES = 32;

    public ValidatedProof {
        Require.player("player", player);
        Require.player("index", index);
        keyIds = Require.list("keyIds", keyIds);
        Require.size("recipient", recipient, HASH_BYTES);
        Require.size("digest", digest, HASH_BYTES);
    }
}
