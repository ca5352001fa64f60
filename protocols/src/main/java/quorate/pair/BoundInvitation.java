package quorate.pair;

import java.util.Arrays;
import quorate.algebra.Encoding;
import quorate.algebra.Secrets;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/** Round 2 of PAIRSETUP: D1, zseed, BOT1. */
record BoundInvitation(byte[] echo, PairInvitation invitation) implements Message.Private {
    private static final int ECHO_BYTES = 32;
    private static final int BYTES = ECHO_BYTES + PairInvitation.BYTES;

    static BoundInvitation read(byte[] payload, Secrets scope) throws Malformed {
        if (payload.length != BYTES) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, not " + BYTES);
        }
        return new BoundInvitation(Arrays.copyOf(payload, ECHO_BYTES), PairInvitation.readLast(payload, scope));
    }

    /** The caller wipes it. */
    @Override
    public byte[] encode() {
        var secret = invitation.encode();
        try {
            return Encoding.concat(echo, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
