package quorate.pair;

import java.util.Arrays;
import quorate.algebra.Encoding;
import quorate.algebra.Secrets;
import quorate.rounds.Check;
import quorate.rounds.Malformed;

/** What a party says to one other first: zseed_{i->j}, and BOT1 with Alice = i. A part of a private message. */
public final class PairInvitation {
    /** In ceremonies whose keys have no pair states: no bytes at all. */
    public static final PairInvitation NONE = new PairInvitation(new byte[0], new byte[0]);

    public static final int BYTES = BaseOt.SEED_BYTES + BaseOt.MESSAGE_BYTES;

    private final byte[] zeroSeed;
    private final byte[] message;

    /**
     * @param zeroSeed 32 bytes, secret, kept by the scope of whoever made it
     * @param message BOT1
     */
    PairInvitation(byte[] zeroSeed, byte[] message) {
        this.zeroSeed = zeroSeed;
        this.message = message;
    }

    /** The last {@link #BYTES} bytes of a payload; what they are is for {@link PairExchange#answer} to find out. */
    public static PairInvitation readLast(byte[] payload, Secrets scope) throws Malformed {
        int at = payload.length - BYTES;
        if (at < 0) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, too few for zseed and BOT1");
        }
        int message = at + BaseOt.SEED_BYTES;
        return new PairInvitation(
                scope.keep(Arrays.copyOfRange(payload, at, message)),
                Arrays.copyOfRange(payload, message, payload.length));
    }

    byte[] zeroSeed() {
        return zeroSeed;
    }

    byte[] message() {
        return message;
    }

    /** zseed || BOT1. The caller wipes it. */
    public byte[] encode() {
        return Encoding.concat(zeroSeed, message);
    }

    @Override
    public String toString() {
        return "PairInvitation[redacted]";
    }
}
