package quorate.sdk;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quorate.api.Bytes;

/**
 * A signature that was put together and verified here, of the parts of all players of a presignature.
 *
 * @param presignatureId which was used up
 * @param signature ECDSA r || s; Ed25519 and BIP-340 64 bytes; Schnorr on P-256 and secp256k1 R || z
 * @param der of ECDSA, the same in DER
 * @param recoveryId of ECDSA, which candidate {@code publicKey} is
 * @param publicKey verifies the signature, with every tweak applied; computed here from the key
 */
public record PresignedSignature(
        String keyId,
        List<Integer> players,
        Bytes presignatureId,
        Bytes signature,
        @Nullable Bytes der,
        @Nullable Integer recoveryId,
        Bytes publicKey) {
    public PresignedSignature {
        players = List.copyOf(players);
    }
}
