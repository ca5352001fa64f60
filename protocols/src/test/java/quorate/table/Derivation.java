package quorate.table;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import quorate.algebra.Encoding;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.Scalar;
import quorate.key.Sharing;

/** Soft derivation of protocols.md 3.8 and 4.5 for the known answers: what a node will hand to a signing request. */
public record Derivation(Point publicKey, byte[] chainCode, Scalar tweak) {
    private static final int HALF = 32;

    public static Derivation of(Sharing sharing, int... path) {
        var step = new Derivation(
                sharing.publicKey(), sharing.chainCode(), sharing.group().scalar(0));
        for (int index : path) {
            step = step.child(index);
        }
        return step;
    }

    /** I2OSP(depth,1) || for each step I2OSP(index,4). */
    public static byte[] encode(int... path) {
        var encoded = Encoding.i2osp(path.length, 1);
        for (int index : path) {
            encoded = Encoding.concat(encoded, Encoding.i2osp(index, 4));
        }
        return encoded;
    }

    private Derivation child(int index) {
        var group = publicKey.group();
        boolean edwards = group.equals(Groups.ED25519);
        var data = Encoding.concat(publicKey.encode(), Encoding.i2osp(index, 4));
        var i = hmac(edwards ? Encoding.concat(new byte[] {2}, data) : data);
        var left = Arrays.copyOf(i, HALF);
        var step = group.reduce(edwards ? reversed(left) : left);
        return new Derivation(
                publicKey.plus(group.multiplyBase(step)), Arrays.copyOfRange(i, HALF, 2 * HALF), tweak.plus(step));
    }

    private byte[] hmac(byte[] data) {
        try {
            var mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(chainCode, "HmacSHA512"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] reversed(byte[] bytes) {
        var reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
