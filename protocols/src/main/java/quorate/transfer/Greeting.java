package quorate.transfer;

import java.util.Arrays;
import quorate.algebra.Encoding;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/** Round 1 of a node that does not deal: ctx, nonce'_j. */
record Greeting(byte[] ctx, byte[] nonce) implements Message.Shared {
    static final int NONCE_BYTES = 32;
    private static final int CTX_BYTES = 32;
    private static final int BYTES = CTX_BYTES + NONCE_BYTES;

    static Greeting read(byte[] payload) throws Malformed {
        if (payload.length != BYTES) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, not " + BYTES);
        }
        return new Greeting(Arrays.copyOf(payload, CTX_BYTES), Arrays.copyOfRange(payload, CTX_BYTES, BYTES));
    }

    @Override
    public byte[] encode() {
        return Encoding.concat(ctx, nonce);
    }
}
