package quorate.ecdsa;

import java.util.Arrays;
import quorate.algebra.Encoding;
import quorate.algebra.Point;
import quorate.algebra.Scalar;

/**
 * A finished ECDSA signature (protocols.md 3.5).
 *
 * @param r not 0
 * @param s not 0
 * @param recoveryId bit 0: y of the nonce point is odd; bit 1: its x is not below q
 */
public record EcdsaSignature(Scalar r, Scalar s, int recoveryId) {
    private static final byte SEQUENCE = 0x30;
    private static final byte INTEGER = 2;

    /** r || s, each as long as a scalar. */
    public byte[] compact() {
        return Encoding.concat(r.encode(), s.encode());
    }

    /** ECDSA-Sig-Value of RFC 3279: a DER sequence of two integers, at most 72 bytes. */
    public byte[] der() {
        var body = Encoding.concat(integer(r.encode()), integer(s.encode()));
        return Encoding.concat(new byte[] {SEQUENCE, (byte) body.length}, body);
    }

    private static byte[] integer(byte[] magnitude) {
        int zeros = 0;
        while (magnitude[zeros] == 0) {
            zeros++;
        }
        // A leading bit says that an integer is negative; a zero byte before it says that it is not.
        var value = magnitude[zeros] < 0
                ? Encoding.concat(new byte[1], Arrays.copyOfRange(magnitude, zeros, magnitude.length))
                : Arrays.copyOfRange(magnitude, zeros, magnitude.length);
        return Encoding.concat(new byte[] {INTEGER, (byte) value.length}, value);
    }

    /**
     * Whether it verifies, by the standard equation: x((m_h*G + r*pk)/s) = r.
     *
     * @param hash h, 1 to 64 bytes
     */
    public boolean verifies(Point publicKey, byte[] hash) {
        var group = publicKey.group();
        if (r.isZero() || s.isZero()) {
            return false;
        }
        var inverse = s.inverse();
        var nonce = group.multiplyBase(FinalStep.bits2int(group, hash).times(inverse))
                .plus(publicKey.times(r.times(inverse)));
        return !nonce.isIdentity() && Arrays.equals(FinalStep.abscissa(nonce).encode(), r.encode());
    }
}
