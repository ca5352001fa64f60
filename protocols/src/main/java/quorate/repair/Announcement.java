package quorate.repair;

import java.util.Arrays;
import quorate.algebra.Encoding;
import quorate.algebra.HashCommitment;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/** Round 1 of a helper: ctx, nonce_i, com_i. */
record Announcement(byte[] ctx, byte[] nonce, byte[] commitment) implements Message.Shared {
    static final int CTX_BYTES = 32;
    static final int NONCE_BYTES = 32;
    static final int BYTES = CTX_BYTES + NONCE_BYTES + HashCommitment.BYTES;

    static Announcement read(byte[] payload) throws Malformed {
        if (payload.length != BYTES) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, not " + BYTES);
        }
        return new Announcement(
                Arrays.copyOf(payload, CTX_BYTES),
                Arrays.copyOfRange(payload, CTX_BYTES, CTX_BYTES + NONCE_BYTES),
                Arrays.copyOfRange(payload, CTX_BYTES + NONCE_BYTES, BYTES));
    }

    @Override
    public byte[] encode() {
        return Encoding.concat(ctx, nonce, commitment);
    }
}
