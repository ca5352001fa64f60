package quorate.vole;

import quorate.pair.BaseOt;

/**
 * The sizes of one OT extension and VOLE of protocols.md 0.1, for a 256-bit q: m = 768 OTs of 128 columns. k_ss = 1, l
 * = 2 inputs, rho = 1 check.
 *
 * @param orderBits |q|
 * @param ots m
 */
record Extension(int orderBits, int ots) {
    /** N_c: columns, one for each base OT. */
    static final int COLUMNS = BaseOt.INSTANCES;

    /** sigma: the bits behind the m choices that blind the check. */
    static final int CHECK_BITS = 128;

    static final int CHECK_BYTES = CHECK_BITS / Byte.SIZE;
    static final int HASH_BYTES = 32;

    /** kappa. */
    private static final int SECURITY_BITS = 128;

    /** 2*kappa for an Alice who grinds 2^128 gadgets, and 3*s, s = 80, for what she may know of w. */
    private static final int EXCESS_BITS = 2 * SECURITY_BITS + 3 * 80;

    static final Extension OF_256_BITS = new Extension(256, 768);

    Extension {
        // Assert at start-up: |q| >= 128 + 2*log2(m), m >= |q| + 496, 128 | m.
        double least = SECURITY_BITS + 2 * Math.log(ots) / Math.log(2);
        if (orderBits < least || ots < orderBits + EXCESS_BITS || ots % CHECK_BITS != 0) {
            throw new IllegalArgumentException(ots + " OTs are unsafe for a group of " + orderBits + " bits");
        }
    }

    /** 64-bit words of one column of L' = m + 128 bits. */
    int columnWords() {
        return (ots + CHECK_BITS) / Long.SIZE;
    }

    int columnBytes() {
        return (ots + CHECK_BITS) / Byte.SIZE;
    }

    /** Bytes of w. */
    int choiceBytes() {
        return ots / Byte.SIZE;
    }

    /** m/128: how many blocks of a column are folded. */
    int blocks() {
        return ots / CHECK_BITS;
    }
}
