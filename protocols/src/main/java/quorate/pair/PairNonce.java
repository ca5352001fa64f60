package quorate.pair;

import java.util.Arrays;
import quorate.algebra.Encoding;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/** Round 1 of PAIRSETUP: ctx, nonce. */
record PairNonce(byte[] ctx, byte[] nonce) implements Message.Shared {
    static final int NONCE_BYTES = 32;
    private static final int CTX_BYTES = 32;
    private static final int BYTES = CTX_BYTES + NONCE_BYTES;

    static PairNonce read(byte[] payload) throws Malformed {
        if (payload.length != BYTES) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, not " + BYTES);
        }
        return new PairNonce(Arrays.copyOf(payload, CTX_BYTES), Arrays.copyOfRange(payload, CTX_BYTES, BYTES));
    }

    @Override
    public byte[] encode() {
        return Encoding.concat(ctx, nonce);
    }
}
