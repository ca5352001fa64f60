package quorate.algebra.internal;

import quorate.algebra.ConstantTime;

/** Powers modulo p = 2^255 - 19 with the two exponents that are needed: inverse and square root. */
final class Roots25519 {
    /** √-1 = 2^((p-1)/4), because 2 is not a square. (p-1)/4 = 2·(p-5)/8 + 1. */
    static final Field25519 ROOT_OF_MINUS_ONE = rootOfMinusOne();

    private Roots25519() {}

    private static Field25519 rootOfMinusOne() {
        var two = Field25519.of(2);
        var root = new Field25519();
        powP58(root, two);
        root.square(root);
        root.multiply(root, two);
        return root;
    }

    /** r = a^(p-2): 1/a, or 0 for a = 0. p - 2 = 2^255 - 21 = 2^5·(2^250 - 1) + 11. */
    @ConstantTime
    static void invert(Field25519 r, Field25519 a) {
        var eleven = new Field25519();
        var t = new Field25519();
        powLong(t, eleven, a);
        t.square(t, 5);
        r.multiply(t, eleven);
        t.wipe();
        eleven.wipe();
    }

    /** r = a^((p-5)/8) = a^(2^252 - 3). 2^252 - 3 = 2^2·(2^250 - 1) + 1. */
    @ConstantTime
    static void powP58(Field25519 r, Field25519 a) {
        var eleven = new Field25519();
        var t = new Field25519();
        powLong(t, eleven, a);
        t.square(t, 2);
        r.multiply(t, a);
        t.wipe();
        eleven.wipe();
    }

    /** r = a^(2^250 - 1) and eleven = a^11; with e_n = a^(2^n - 1), e_(m+n) = e_m^(2^n)·e_n. */
    @ConstantTime
    private static void powLong(Field25519 r, Field25519 eleven, Field25519 a) {
        var s = new Field25519();
        var e10 = new Field25519();
        var e50 = new Field25519();
        s.square(a, 3); // a^8
        r.multiply(s, a); // a^9
        s.square(a);
        eleven.multiply(r, s);
        s.square(eleven);
        r.multiply(s, r); // a^31 = e_5
        s.square(r, 5);
        e10.multiply(s, r);
        s.square(e10, 10);
        r.multiply(s, e10); // e_20
        s.square(r, 20);
        s.multiply(s, r); // e_40
        s.square(s, 10);
        e50.multiply(s, e10);
        s.square(e50, 50);
        r.multiply(s, e50); // e_100
        s.square(r, 100);
        s.multiply(s, r); // e_200
        s.square(s, 50);
        r.multiply(s, e50); // e_250
        s.wipe();
        e10.wipe();
        e50.wipe();
    }

    /**
     * r = √(u/v), either of the two, if u/v is a square; else r is meaningless. Variable time: for public points. v is
     * not 0; u and v are tight.
     *
     * <p>Source: RFC 8032, section 5.1.3: the candidate is u·v³·(u·v⁷)^((p-5)/8).
     */
    static boolean squareRootOfRatio(Field25519 r, Field25519 u, Field25519 v) {
        var uv3 = new Field25519();
        var t = new Field25519();
        t.square(v);
        t.multiply(t, v); // v³
        uv3.multiply(u, t);
        t.square(t);
        t.multiply(t, v); // v⁷
        t.multiply(t, u);
        powP58(t, t);
        r.multiply(t, uv3);
        t.square(r);
        t.multiply(t, v);
        if (Field25519.areEqual(t, u)) {
            return true;
        }
        t.add(t, u);
        if (!t.isZero()) {
            return false;
        }
        r.multiply(r, ROOT_OF_MINUS_ONE);
        return true;
    }
}
