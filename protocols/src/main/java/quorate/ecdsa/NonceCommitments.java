package quorate.ecdsa;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import quorate.algebra.HashCommitment;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/** Round 1, to all: ctx, then per item nonce_i and com_i, the commitment to R_i. */
record NonceCommitments(byte[] encode) implements Message.Shared {
    static final int CTX_BYTES = 32;
    static final int NONCE_BYTES = 32;
    private static final int ITEM_BYTES = NONCE_BYTES + HashCommitment.BYTES;

    static NonceCommitments of(byte[] ctx, int items) {
        return new NonceCommitments(Arrays.copyOf(ctx, CTX_BYTES + items * ITEM_BYTES));
    }

    static NonceCommitments read(int items, byte[] payload) throws Malformed {
        int bytes = CTX_BYTES + items * ITEM_BYTES;
        if (payload.length != bytes) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, not " + bytes);
        }
        return new NonceCommitments(payload);
    }

    /** Fills in item k of a message that is being made. */
    void put(int k, byte[] nonce, byte[] commitment) {
        int at = CTX_BYTES + k * ITEM_BYTES;
        System.arraycopy(nonce, 0, encode, at, NONCE_BYTES);
        System.arraycopy(commitment, 0, encode, at + NONCE_BYTES, HashCommitment.BYTES);
    }

    byte[] ctx() {
        return Arrays.copyOf(encode, CTX_BYTES);
    }

    byte[] nonce(int k) {
        int at = CTX_BYTES + k * ITEM_BYTES;
        return Arrays.copyOfRange(encode, at, at + NONCE_BYTES);
    }

    byte[] commitment(int k) {
        int at = CTX_BYTES + k * ITEM_BYTES + NONCE_BYTES;
        return Arrays.copyOfRange(encode, at, at + HashCommitment.BYTES);
    }

    /** SIG-11: the nonces of all items are pairwise different. */
    boolean hasDistinctNonces() {
        int items = (encode.length - CTX_BYTES) / ITEM_BYTES;
        var seen = new HashSet<String>();
        for (int k = 0; k < items; k++) {
            seen.add(HexFormat.of().formatHex(nonce(k)));
        }
        return seen.size() == items;
    }
}
