package quorate.pair;

import quorate.algebra.Group;
import quorate.algebra.Groups;

/** Sizes of the base OTs of protocols.md 2.2. */
public final class BaseOt {
    /** N_c: base OTs for each direction of a pair. */
    public static final int INSTANCES = 128;

    public static final int SEED_BYTES = 32;

    /** The seeds of all instances, one behind the other. */
    public static final int SEEDS_BYTES = INSTANCES * SEED_BYTES;

    /** MB: two points for each instance, in BOT1 and in BOT2. */
    public static final int MESSAGE_BYTES = 2 * INSTANCES * 33;

    /** Delta. */
    static final int CHOICES_BYTES = INSTANCES / Byte.SIZE;

    /** Always P-256, whatever curve the key is on (protocols.md 2.1). */
    static final Group GROUP = Groups.P256;

    private BaseOt() {}

    /** Where the message has point {@code b} of instance {@code c}. */
    static int at(int c, int b) {
        return (2 * c + b) * GROUP.pointBytes();
    }
}
