package quorate.reshare;

import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/** Round 2 of a receiver: D1, the digest of everything broadcast in round 1. */
record Echo(byte[] d1) implements Message.Shared {
    private static final int BYTES = 32;

    static Echo read(byte[] payload) throws Malformed {
        if (payload.length != BYTES) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, not " + BYTES);
        }
        return new Echo(payload.clone());
    }

    @Override
    public byte[] encode() {
        return d1.clone();
    }
}
