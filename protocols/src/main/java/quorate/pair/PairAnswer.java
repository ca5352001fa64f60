package quorate.pair;

import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/** What a party says to one other second: BOT2 with Bob = i. */
public record PairAnswer(byte[] message) implements Message.Private {
    /** COM-3: the length. Whether these are points is for {@link PairExchange.Answered#finish} to find out. */
    public static PairAnswer read(byte[] payload) throws Malformed {
        if (payload.length != BaseOt.MESSAGE_BYTES) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, not " + BaseOt.MESSAGE_BYTES);
        }
        return new PairAnswer(payload.clone());
    }

    @Override
    public byte[] encode() {
        return message.clone();
    }
}
