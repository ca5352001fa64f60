package quorate.pair;

import quorate.algebra.Secrets;

/**
 * Alice's half of the base OTs of one direction of a pair (protocols.md 2.2): 128 choice bits Delta and, for each, the
 * seed that was chosen. Flat arrays of one scope, which wipes them; long-term secrets of the pair.
 */
public final class ReceiverSeeds {
    private final byte[] delta;
    private final byte[] chosen;

    /**
     * Takes the arrays over.
     *
     * @param delta 16 bytes, bit c of protocols.md 0.3 is the choice of OT c
     * @param chosen seed_{Delta_c}^c at 32·c, 4096 bytes
     */
    public ReceiverSeeds(byte[] delta, byte[] chosen, Secrets scope) {
        if (delta.length != BaseOt.INSTANCES / Byte.SIZE || chosen.length != BaseOt.SEEDS_BYTES) {
            throw new IllegalArgumentException(delta.length + " bytes of choices, " + chosen.length + " of seeds");
        }
        this.delta = scope.keep(delta);
        this.chosen = scope.keep(chosen);
    }

    /** Delta; not to be changed or kept. */
    public byte[] delta() {
        return delta;
    }

    /** seed_{Delta_c}^c at 32·c; not to be changed or kept. */
    public byte[] chosen() {
        return chosen;
    }

    @Override
    public String toString() {
        return "ReceiverSeeds[redacted]";
    }
}
