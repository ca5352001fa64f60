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
    private SchnorrSignature() {}

    static byte[] encode(Suite suite, Point nonce, Scalar z) {
        return Encoding.concat(suite.shown(nonce), z.encode());
    }

    /**
     * The standard equation z*G - c*pk == R, from the bytes of the signature: what any verifier will compute. R is
     * compared as encoded, so nothing but its one canonical encoding is accepted, and it lies where G and pk do: in the
     * subgroup of prime order. For Ed25519 this is the cofactorless equation, which implies the other; z must be canonical.
     */
    static boolean verifies(Suite suite, Point publicKey, byte[] message, byte[] signature) {
        var group = suite.group();
        int nonceBytes = signature.length - group.scalarBytes();
        if (nonceBytes != (suite == Suite.BIP340 ? group.pointBytes() - 1 : group.pointBytes())) {
            return false;
        }
        var r = Arrays.copyOf(signature, nonceBytes);
        try {
            var z = group.decodeScalar(Arrays.copyOfRange(signature, nonceBytes, signature.length));
            var challenge = suite.challenge(r, publicKey, message);
            var nonce = group.multiplyBase(z).minus(publicKey.times(challenge));
            return !nonce.isIdentity()
                    && (suite != Suite.BIP340 || nonce.hasEvenY())
                    && Arrays.equals(suite.shown(nonce), r);
        } catch (DecodingException e) {
            return false;
        }
    }
}
