package quorate.pair;

import quorate.commit.Octets;

/**
 * What is public of a pair state, as one party lists it.
 *
 * @param peer index of the other party
 * @param generation gen_{ij}
 * @param setup setup_{ij}, 32 bytes
 */
public record PairName(int peer, long generation, Octets setup) {
    static final int SETUP_BYTES = 32;

    public PairName {
        if (peer < 1 || generation < 0 || setup.length() != SETUP_BYTES) {
            throw new IllegalArgumentException("no pair state with party " + peer + " has generation " + generation
                    + " and a setup of " + setup.length() + " bytes");
        }
    }

    static PairName of(int peer, long generation, byte[] setup) {
        return new PairName(peer, generation, Octets.of(setup));
    }
}
