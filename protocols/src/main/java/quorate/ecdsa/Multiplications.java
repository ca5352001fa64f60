package quorate.ecdsa;

import java.util.Arrays;
import java.util.Optional;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.HashCommitment;
import quorate.algebra.Point;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;
import quorate.vole.VoleSender;

/**
 * Round 2, to each: per item D1, R_i, blind_i, pk_i, Gu, Gv and a VOLE message with the sender as Alice. Points are
 * kept as they were sent: D1 is compared before they are looked at.
 */
record Multiplications(byte[] encode) implements Message.Private {
    static final int DIGEST_BYTES = 32;
    private static final int POINT_BYTES = 33;
    private static final int POINTS = 4;
    private static final int ITEM_BYTES =
            DIGEST_BYTES + POINTS * POINT_BYTES + HashCommitment.BLIND_BYTES + VoleSender.MESSAGE_BYTES;

    /** Offsets inside an item. */
    private static final int NONCE_AT = DIGEST_BYTES;

    private static final int BLIND_AT = NONCE_AT + POINT_BYTES;
    private static final int KEY_AT = BLIND_AT + HashCommitment.BLIND_BYTES;
    private static final int FIRST_AT = KEY_AT + POINT_BYTES;
    private static final int SECOND_AT = FIRST_AT + POINT_BYTES;
    private static final int VOLE_AT = SECOND_AT + POINT_BYTES;

    static Multiplications of(int items) {
        return new Multiplications(new byte[items * ITEM_BYTES]);
    }

    static Multiplications read(int items, byte[] payload) throws Malformed {
        int bytes = items * ITEM_BYTES;
        if (payload.length != bytes) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, not " + bytes);
        }
        return new Multiplications(payload);
    }

    /** Fills in all of item k but the VOLE message. */
    void put(int k, byte[] d1, Point nonce, byte[] blind, Point key, Point first, Point second) {
        var head = Encoding.concat(
                d1, nonce.encode(), blind, key.encode(), first.encode(), second.encode());
        System.arraycopy(head, 0, encode, k * ITEM_BYTES, head.length);
    }

    /** D1 of all items. */
    byte[] digests() {
        int items = encode.length / ITEM_BYTES;
        var digests = new byte[items * DIGEST_BYTES];
        for (int k = 0; k < items; k++) {
            System.arraycopy(encode, k * ITEM_BYTES, digests, k * DIGEST_BYTES, DIGEST_BYTES);
        }
        return digests;
    }

    byte[] encodedNonce(int k) {
        return slice(k, NONCE_AT, POINT_BYTES);
    }

    byte[] blind(int k) {
        return slice(k, BLIND_AT, HashCommitment.BLIND_BYTES);
    }

    /** R_j, if it decodes; then it is not O. */
    Optional<Point> nonce(Group group, int k) {
        return point(group, k, NONCE_AT);
    }

    /** pk_j. */
    Optional<Point> key(Group group, int k) {
        return point(group, k, KEY_AT);
    }

    /** Gu. */
    Optional<Point> first(Group group, int k) {
        return point(group, k, FIRST_AT);
    }

    /** Gv. */
    Optional<Point> second(Group group, int k) {
        return point(group, k, SECOND_AT);
    }

    /** Where the VOLE message of item k begins. */
    int voleAt(int k) {
        return k * ITEM_BYTES + VOLE_AT;
    }

    private Optional<Point> point(Group group, int k, int at) {
        try {
            return Optional.of(group.decodePoint(slice(k, at, POINT_BYTES)));
        } catch (DecodingException e) {
            return Optional.empty();
        }
    }

    private byte[] slice(int k, int at, int bytes) {
        int from = k * ITEM_BYTES + at;
        return Arrays.copyOfRange(encode, from, from + bytes);
    }

    @Override
    public String toString() {
        return "Multiplications[" + encode.length + " bytes]";
    }
}
