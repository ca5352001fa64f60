package quorate.repair;

import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/** Round 3 of a helper: D2, the digest of everything broadcast in round 2. */
record Confirmation(byte[] echo) implements Message.Shared {
    static final int BYTES = 32;

    static Confirmation read(byte[] payload) throws Malformed {
        if (payload.length != BYTES) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, not " + BYTES);
        }
        return new Confirmation(payload.clone());
    }

    @Override
    public byte[] encode() {
        return echo.clone();
    }
}
