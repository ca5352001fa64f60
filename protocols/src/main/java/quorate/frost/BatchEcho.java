package quorate.frost;

import java.util.List;
import quorate.algebra.Transcript;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/** Round 2: the digest of everybody's D and E, of all items. */
record BatchEcho(byte[] digest) implements Message.Shared {
    private static final int BYTES = 32;

    /** TH("frost/batch", ctx, presigId_0, .., presigId_{B-1}). */
    static BatchEcho of(byte[] ctx, List<byte[]> presigIds) {
        var transcript = Transcript.of("frost/batch").add(ctx);
        presigIds.forEach(id -> transcript.add(id));
        return new BatchEcho(transcript.hash());
    }

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
