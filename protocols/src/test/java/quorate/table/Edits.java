package quorate.table;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import quorate.algebra.Scalar;
import quorate.dealing.internal.Opening;

/** Small lies. */
public final class Edits {
    private Edits() {}

    public static List<UnaryOperator<byte[]>> wrongLengths() {
        return List.of(
                payload -> new byte[0],
                payload -> Arrays.copyOf(payload, payload.length - 1),
                payload -> Arrays.copyOf(payload, payload.length + 1));
    }

    public static Opening withPoints(Opening opening, byte[] points) {
        return new Opening(opening.echo(), points, opening.chainCode(), opening.blind(), opening.proof());
    }

    public static Opening withBlind(Opening opening, byte[] blind) {
        return new Opening(opening.echo(), opening.points(), opening.chainCode(), blind, opening.proof());
    }

    public static Opening withProof(Opening opening, byte[] proof) {
        return new Opening(opening.echo(), opening.points(), opening.chainCode(), opening.blind(), proof);
    }

    public static byte[] firstByte(byte[] bytes, int value) {
        var copy = bytes.clone();
        copy[0] = (byte) value;
        return copy;
    }

    public static byte[] lastByte(byte[] bytes) {
        var copy = bytes.clone();
        copy[copy.length - 1] ^= 1;
        return copy;
    }

    /** Bytes as they would have been drawn: big-endian, as long as a draw. */
    public static byte[] wide(Scalar scalar) {
        var encoded = scalar.encode();
        var wide = new byte[scalar.group().wideBytes()];
        System.arraycopy(encoded, 0, wide, wide.length - encoded.length, encoded.length);
        return wide;
    }
}
