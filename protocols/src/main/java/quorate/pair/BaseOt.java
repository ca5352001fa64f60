package quorate.pair;

/** Sizes of the base OTs of protocols.md 2.2. */
public final class BaseOt {
    /** N_c: base OTs for each direction of a pair. */
    public static final int INSTANCES = 128;

    public static final int SEED_BYTES = 32;

    /** The seeds of all instances, one behind the other. */
    public static final int SEEDS_BYTES = INSTANCES * SEED_BYTES;

    private BaseOt() {}
}
