package quorate.ecdsa;

import java.util.Arrays;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;
import quorate.vole.OtReceiver;

/** Round 1, to each: ctx, setup_{ij}, then per item nonce_i and an OTE message with the sender as Bob. */
record Extensions(byte[] encode) implements Message.Private {
    private static final int HASH_BYTES = 32;
    private static final int HEAD_BYTES = 2 * HASH_BYTES;
    private static final int ITEM_BYTES = NonceCommitments.NONCE_BYTES + OtReceiver.MESSAGE_BYTES;

    static Extensions of(byte[] ctx, byte[] setup, int items) {
        var encoded = Arrays.copyOf(ctx, HEAD_BYTES + items * ITEM_BYTES);
        System.arraycopy(setup, 0, encoded, HASH_BYTES, HASH_BYTES);
        return new Extensions(encoded);
    }

    static Extensions read(int items, byte[] payload) throws Malformed {
        int bytes = HEAD_BYTES + items * ITEM_BYTES;
        if (payload.length != bytes) {
            throw new Malformed(Check.OTE_1, payload.length + " bytes, not " + bytes);
        }
        return new Extensions(payload);
    }

    void putNonce(int k, byte[] nonce) {
        System.arraycopy(nonce, 0, encode, HEAD_BYTES + k * ITEM_BYTES, nonce.length);
    }

    byte[] ctx() {
        return Arrays.copyOf(encode, HASH_BYTES);
    }

    byte[] setup() {
        return Arrays.copyOfRange(encode, HASH_BYTES, HEAD_BYTES);
    }

    byte[] nonce(int k) {
        int at = HEAD_BYTES + k * ITEM_BYTES;
        return Arrays.copyOfRange(encode, at, at + NonceCommitments.NONCE_BYTES);
    }

    /** Where the OTE message of item k begins. */
    int extensionAt(int k) {
        return HEAD_BYTES + k * ITEM_BYTES + NonceCommitments.NONCE_BYTES;
    }

    byte[] extension(int k) {
        return Arrays.copyOfRange(encode, extensionAt(k), extensionAt(k) + OtReceiver.MESSAGE_BYTES);
    }

    @Override
    public String toString() {
        return "Extensions[" + encode.length + " bytes]";
    }
}
