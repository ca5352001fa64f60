package quorate.api;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/**
 * Emergency recovery: this node's part, for keys of one curve and the same players.
 *
 * @param recipient the SubjectPublicKeyInfo of an RSA key that the operator of the node has listed
 * @param label bound into the proof; whoever opens the data must show it again
 * @param time when the data is made, the same for all nodes; each compares it with its own clock
 */
public record CreateRecoveryProof(List<String> keyIds, Bytes recipient, String label, Instant time) {
    /** B of protocols.md 8.2. */
    public static final int MAX_KEYS = 100;

    private static final int MAX_SPKI_BYTES = 2048;
    private static final int MAX_LABEL_BYTES = 1024;

    public CreateRecoveryProof {
        keyIds = Require.list("keyIds", keyIds);
        Require.between("the length of keyIds", keyIds.size(), 1, MAX_KEYS);
        keyIds.forEach(keyId -> Require.keyId("keyIds", keyId));
        if (new HashSet<>(keyIds).size() != keyIds.size()) {
            throw new IllegalArgumentException("keyIds must be distinct");
        }
        Require.between("the length of recipient", Require.present("recipient", recipient).size(), 1, MAX_SPKI_BYTES);
        Require.atMostBytes("label", label, MAX_LABEL_BYTES);
        Require.between("the length of label", label.length(), 1, MAX_LABEL_BYTES);
        Require.present("time", time);
    }
}
