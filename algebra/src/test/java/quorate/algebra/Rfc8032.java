package quorate.algebra;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Ed25519 of RFC 8032, section 5.1, on top of {@link Group}: enough to hold published vectors against the group. */
final class Rfc8032 {
    private static final int HALF = 32;

    private Rfc8032() {}

    /** The scalar of a secret seed (5.1.5). It is clamped, then reduced: the same multiple of the base point. */
    static Scalar secretScalar(Group group, byte[] seed) {
        var scalar = Arrays.copyOf(sha512(seed), HALF);
        scalar[0] &= (byte) 0xf8;
        scalar[HALF - 1] &= 0x7f;
        scalar[HALF - 1] |= 0x40;
        return group.reduce(EdwardsGroupTest.reversed(scalar));
    }

    /**
     * Verification (5.1.7) with S < L and without the cofactor: R = S·B - k·A, compared as bytes.
     *
     * <p>Stricter than the RFC in one way: {@link Group#decodePoint} refuses a public key outside the subgroup of prime
     * order, O included, and O has no encoding that R could equal.
     */
    static boolean verify(Group group, byte[] publicKey, byte[] message, byte[] signature) {
        if (signature.length != 2 * HALF) {
            return false;
        }
        var r = Arrays.copyOf(signature, HALF);
        try {
            var a = group.decodePoint(publicKey);
            var s = group.decodeScalar(Arrays.copyOfRange(signature, HALF, 2 * HALF));
            var k = group.reduce(EdwardsGroupTest.reversed(sha512(r, publicKey, message)));
            var expected = group.multiplyBase(s).minus(a.times(k));
            return !expected.isIdentity() && Arrays.equals(r, expected.encode());
        } catch (DecodingException e) {
            return false;
        }
    }

    private static byte[] sha512(byte[]... pieces) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(Encoding.concat(pieces));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
