package quorate.derive;

import java.util.Arrays;
import java.util.Optional;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.Scalar;

/**
 * One soft step from a parent to a child (protocols.md 3.8 and 4.5): BIP-32 on secp256k1, SLIP-10 on P-256. SLIP-10
 * has no soft step on edwards25519; the one here is our own and no standard.
 *
 * @param child its public key
 * @param tweak child - parent, as a number
 */
record SoftStep(Point child, byte[] chainCode, Scalar tweak) {
    private static final int HALF = 32;
    private static final byte[] RETRY = {1};
    private static final byte[] EDWARDS = {2};

    /**
     * @throws IllegalArgumentException if this parent has no child of this index; on P-256 every index has one
     */
    static SoftStep of(Point parent, Hmac hmac, int index) {
        var group = parent.group();
        var number = Encoding.i2osp(index, Integer.BYTES);
        var data = Encoding.concat(parent.encode(), number);
        if (group.equals(Groups.ED25519)) {
            return edwards(parent, hmac.of(Encoding.concat(EDWARDS, data)), index);
        }
        // I = HMAC-SHA512(key = cc_par, data = ser(pk_par) || I2OSP(index,4))
        var i = hmac.of(data);
        var step = weierstrass(parent, i);
        while (step.isEmpty() && group.equals(Groups.P256)) {
            // P-256: retry I = HMAC(cc_par, 0x01 || I_R || I2OSP(index,4)) (SLIP-10).
            i = hmac.of(Encoding.concat(RETRY, Arrays.copyOfRange(i, HALF, 2 * HALF), number));
            step = weierstrass(parent, i);
        }
        return step.orElseThrow(() -> noChild(index));
    }

    /** child pk = pk_par + I_L*G, cc = I_R; nothing if I_L >= q or the child is O. */
    private static Optional<SoftStep> weierstrass(Point parent, byte[] i) {
        try {
            return to(parent, parent.group().decodeScalar(Arrays.copyOf(i, HALF)), i);
        } catch (DecodingException e) {
            return Optional.empty();
        }
    }

    /** e += (I_L as LE 256-bit) mod L, cc = I_R; child = O => error. */
    private static SoftStep edwards(Point parent, byte[] i, int index) {
        return to(parent, littleEndian(parent.group(), i), i).orElseThrow(() -> noChild(index));
    }

    private static Optional<SoftStep> to(Point parent, Scalar tweak, byte[] i) {
        var child = parent.plus(parent.group().multiplyBase(tweak));
        return child.isIdentity()
                ? Optional.empty()
                : Optional.of(new SoftStep(child, Arrays.copyOfRange(i, HALF, 2 * HALF), tweak));
    }

    private static Scalar littleEndian(Group group, byte[] i) {
        var left = new byte[HALF];
        for (int at = 0; at < HALF; at++) {
            left[at] = i[HALF - 1 - at];
        }
        return group.reduce(left);
    }

    private static IllegalArgumentException noChild(int index) {
        return new IllegalArgumentException("this key has no child of index " + index + ": take another index");
    }
}
