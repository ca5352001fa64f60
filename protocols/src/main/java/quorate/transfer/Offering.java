package quorate.transfer;

import java.util.Arrays;
import quorate.algebra.Encoding;
import quorate.dealing.internal.Announcement;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/**
 * Round 1 of a node that deals, and receives like all: ctx, nonce_i, com_i, nonce'_i. It has one entry and so one message,
 * in which ctx stands once.
 */
record Offering(Announcement dealt, byte[] nonce) implements Message.Shared {
    static Offering read(byte[] payload) throws Malformed {
        int nonce = payload.length - Greeting.NONCE_BYTES;
        if (nonce < 0) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, too few for ctx, nonce, com and nonce'");
        }
        return new Offering(
                Announcement.read(Arrays.copyOf(payload, nonce)),
                Arrays.copyOfRange(payload, nonce, payload.length));
    }

    @Override
    public byte[] encode() {
        return Encoding.concat(dealt.encode(), nonce);
    }
}
