package quorate.frost;

import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/** Round 2: TH("frost/batch", ctx, presigId), the digest of everybody's D and E. */
record BatchEcho(byte[] digest) implements Message.Shared {
    private static final int BYTES = 32;

    static BatchEcho read(byte[] payload) throws Malformed {
        if (payload.length != BYTES) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, not " + BYTES);
        }
        return new BatchEcho(payload.clone());
    }

    @Override
    public byte[] encode() {
        return digest.clone();
    }
}
