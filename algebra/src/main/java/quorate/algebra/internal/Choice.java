package quorate.algebra.internal;

import java.util.Arrays;
import quorate.algebra.ConstantTime;

/** Takes one of eight entries of a table by a secret index: reads all of them, and masks them. */
@ConstantTime
final class Choice {
    static final int ENTRIES = 8;
    /** Four field elements. */
    static final int WORDS = 4 * Limbs.COUNT;

    private Choice() {}

    /**
     * Puts the entry {@code index} of the eight that begin at {@code at} into {@code r}, or zeros if there is none.
     * Word by word and of a constant length, so that the compiler does several words at once.
     */
    static void select(long[] r, long[] table, int at, int index) {
        long mask0 = ifEqual(index, 0);
        long mask1 = ifEqual(index, 1);
        long mask2 = ifEqual(index, 2);
        long mask3 = ifEqual(index, 3);
        long mask4 = ifEqual(index, 4);
        long mask5 = ifEqual(index, 5);
        long mask6 = ifEqual(index, 6);
        long mask7 = ifEqual(index, 7);
        for (int i = 0; i < WORDS; i++) {
            r[i] = (table[at + i] & mask0)
                    | (table[at + WORDS + i] & mask1)
                    | (table[at + 2 * WORDS + i] & mask2)
                    | (table[at + 3 * WORDS + i] & mask3)
                    | (table[at + 4 * WORDS + i] & mask4)
                    | (table[at + 5 * WORDS + i] & mask5)
                    | (table[at + 6 * WORDS + i] & mask6)
                    | (table[at + 7 * WORDS + i] & mask7);
        }
    }

    /** All ones if a = b, else 0. */
    static long ifEqual(int a, int b) {
        return ~(-((a ^ b) & 0xffff_ffffL) >> 63);
    }
}
