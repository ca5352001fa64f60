package quorate.pair;

import quorate.algebra.Secrets;

/**
 * Bob's half of the base OTs of one direction of a pair (protocols.md 2.2): both seeds of each of the 128 OTs. Flat
 * arrays of one scope, which wipes them; long-term secrets of the pair.
 */
public final class SenderSeeds {
    private final byte[] zero;
    private final byte[] one;

    /**
     * Takes the arrays over.
     *
     * @param zero seed_0^c at 32·c, 4096 bytes
     * @param one seed_1^c at 32·c, 4096 bytes
     */
    public SenderSeeds(byte[] zero, byte[] one, Secrets scope) {
        if (zero.length != BaseOt.SEEDS_BYTES || one.length != BaseOt.SEEDS_BYTES) {
            throw new IllegalArgumentException(zero.length + " and " + one.length + " bytes of seeds");
        }
        this.zero = scope.keep(zero);
        this.one = scope.keep(one);
    }

    /** seed_0^c at 32·c; not to be changed or kept. */
    public byte[] zero() {
        return zero;
    }

    /** seed_1^c at 32·c; not to be changed or kept. */
    public byte[] one() {
        return one;
    }

    @Override
    public String toString() {
        return "SenderSeeds[redacted]";
    }
}
