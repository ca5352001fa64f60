package quorate.node.identity;

import org.bouncycastle.math.ec.rfc8032.Ed25519;
import quorate.rounds.StatementVerifier;

/**
 * Verifies signatures of statement keys: Ed25519 of RFC 8032 over the 32-byte digests of protocols.md
 * Appendix C. Total: whatever the bytes are, an answer. Public data, variable time.
 */
public final class Statements implements StatementVerifier {
    public static final int SIGNATURE_BYTES = Ed25519.SIGNATURE_SIZE;
    private static final int KEY_BYTES = Ed25519.PUBLIC_KEY_SIZE;

    /** Whether these bytes are a public key of the full prime order, canonically encoded. */
    public static boolean isKey(byte[] publicKey) {
        return publicKey.length == KEY_BYTES && Ed25519.validatePublicKeyFull(publicKey, 0);
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] digest, byte[] signature) {
        return publicKey.length == KEY_BYTES
                && signature.length == SIGNATURE_BYTES
                && Ed25519.verify(signature, 0, publicKey, 0, digest, 0, digest.length);
    }
}
