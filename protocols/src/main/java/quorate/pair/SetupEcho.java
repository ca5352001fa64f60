package quorate.pair;

import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Message;

/** Round 4 of PAIRSETUP: setup_{ij} as its sender computed it. */
record SetupEcho(byte[] setup) implements Message.Private {
    static SetupEcho read(byte[] payload) throws Malformed {
        if (payload.length != PairName.SETUP_BYTES) {
            throw new Malformed(Check.COM_3, payload.length + " bytes, not " + PairName.SETUP_BYTES);
        }
        return new SetupEcho(payload.clone());
    }

    @Override
    public byte[] encode() {
        return setup.clone();
    }
}
