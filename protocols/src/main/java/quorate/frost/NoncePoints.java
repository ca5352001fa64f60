package quorate.frost;

import java.util.Arrays;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Point;

/** (D_i, E_i) = (d_i·G, e_i·G): what a signer shows of its nonces. */
record NoncePoints(Point hiding, Point binding) {
    byte[] encode() {
        return Encoding.concat(hiding.encode(), binding.encode());
    }

    /** The two points at {@code at} of {@code bytes}. */
    static NoncePoints decode(Group group, byte[] bytes, int at) throws DecodingException {
        int middle = at + group.pointBytes();
        return new NoncePoints(
                group.decodePoint(Arrays.copyOfRange(bytes, at, middle)),
                group.decodePoint(Arrays.copyOfRange(bytes, middle, middle + group.pointBytes())));
    }
}
