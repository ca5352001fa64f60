package quorate.frost;

import java.util.Arrays;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Point;
import quorate.algebra.Scalar;

/**
 * A finished signature, encoded as protocols.md 4.3 says: RFC 8032 for Ed25519, BIP-340 for Taproot, ser(R) ||
 * ser(z) for the others.
 */
final class SchnorrSignature {
    private static final byte[] EVEN = {2};

    private SchnorrSignature() {}

    static byte[] encode(Suite suite, Point nonce, Scalar z) {
        var encodedNonce = nonce.encode();
        return Encoding.concat(suite == Suite.BIP340 ? Suite.xOnly(encodedNonce) : encodedNonce, z.encode());
    }

    /**
     * The standard equation z*G == R + c*pk, from the bytes of the signature: what any verifier will compute. For
     * Ed25519 the cofactorless one, which implies the other; z must be canonical.
     */
    static boolean verifies(Suite suite, Point publicKey, byte[] message, byte[] signature) {
        var group = suite.group();
        int nonceBytes = signature.length - group.scalarBytes();
        if (nonceBytes < 0) {
            return false;
        }
        try {
            var r = Arrays.copyOf(signature, nonceBytes);
            // lift_x of BIP-340: the point with this x and an even y.
            var nonce = group.decodePoint(suite == Suite.BIP340 ? Encoding.concat(EVEN, r) : r);
            var z = group.decodeScalar(Arrays.copyOfRange(signature, nonceBytes, signature.length));
            var challenge = suite.challenge(nonce, publicKey, message);
            return group.multiplyBase(z).equals(nonce.plus(publicKey.times(challenge)));
        } catch (DecodingException e) {
            return false;
        }
    }
}
