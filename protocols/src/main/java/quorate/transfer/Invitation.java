package quorate.transfer;

import quorate.algebra.Secrets;
import quorate.pair.PairInvitation;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/** Round 2 of a node that does not deal, of an ECDSA key: zseed, BOT1. */
record Invitation(PairInvitation pair) implements Message.Private {
    static Invitation read(byte[] payload, Secrets scope) throws Malformed {
        if (payload.length != PairInvitation.BYTES) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, not " + PairInvitation.BYTES);
        }
        return new Invitation(PairInvitation.readLast(payload, scope));
    }

    /** The caller wipes it. */
    @Override
    public byte[] encode() {
        return pair.encode();
    }
}
