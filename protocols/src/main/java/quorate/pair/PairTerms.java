package quorate.pair;

import quorate.algebra.Transcript;

/**
 * What the set-up of one pair is bound to (protocols.md 1.3).
 *
 * @param d1 D1 of the session that makes it: contains fresh nonces of both
 * @param epoch of the sharing it is made for
 * @param generation gen_{ij}: 0 with a new sharing, higher at each PAIRSETUP
 * @param me index of this party
 * @param peer index of the other
 */
public record PairTerms(byte[] d1, long epoch, long generation, int me, int peer) {
    public PairTerms {
        if (me < 1 || peer < 1 || me == peer || epoch < 0 || generation < 0) {
            throw new IllegalArgumentException("no pair " + me + "-" + peer + " has epoch " + Long.toUnsignedString(epoch)
                    + ", generation " + Long.toUnsignedString(generation));
        }
    }

    private boolean isLower() {
        return me < peer;
    }

    private Transcript named(Transcript transcript) {
        return transcript.addU64(generation).addU16(Math.min(me, peer)).addU16(Math.max(me, peer));
    }

    /** zs_{ij} = TH("zero/seed", D1, I2OSP(gen,8), lo, hi, zseed_{lo->hi}, zseed_{hi->lo}). */
    byte[] zeroSeed(byte[] mine, byte[] theirs) {
        var transcript = named(Transcript.of("zero/seed").add(d1))
                .add(isLower() ? mine : theirs)
                .add(isLower() ? theirs : mine);
        try {
            return transcript.hash();
        } finally {
            transcript.erase();
        }
    }

    /**
     * setup_{ij} = TH("pair/setup", D1, I2OSP(epoch,8), I2OSP(gen,8), lo, hi, TH("bot/tr", ..), TH("zero/check",
     * zs_{ij})).
     *
     * @param asBob what both said in the instance in which I am Bob
     * @param asAlice what both said in the other one
     */
    byte[] setup(Said asBob, Said asAlice, byte[] zeroSeed) {
        // TH("bot/tr", BOT1, BOT2 of the instance with Bob = lo, BOT1, BOT2 of the instance with Bob = hi)
        var bobIsLower = isLower() ? asBob : asAlice;
        var bobIsHigher = isLower() ? asAlice : asBob;
        var said = Transcript.of("bot/tr")
                .add(bobIsLower.first())
                .add(bobIsLower.second())
                .add(bobIsHigher.first())
                .add(bobIsHigher.second())
                .hash();
        var check = Transcript.of("zero/check").add(zeroSeed);
        try {
            return named(Transcript.of("pair/setup").add(d1).addU64(epoch))
                    .add(said)
                    .add(check.hash())
                    .hash();
        } finally {
            check.erase();
        }
    }

    /** BOT1 and BOT2 of one instance. */
    record Said(byte[] first, byte[] second) {}
}
