package quorate.algebra.internal;

import quorate.algebra.ConstantTime;

/**
 * The group law of edwards25519, -x² + y² = 1 + d·x²·y², with the scratch space of one computation, which {@code close}
 * wipes. The addition is complete: -1 is a square and d is none, so no pair of points of the curve is an exception,
 * neither O nor equal points nor points of small order.
 *
 * <p>Source: Hisil, Wong, Carter and Dawson, "Twisted Edwards curves revisited" (2008), sections 3.1 and 3.3; the curve
 * is that of RFC 8032, section 5.1. Cost: addition 8M, affine 7M, doubling 4M + 4S, or 3M + 4S within a chain.
 */
@ConstantTime
public final class EdwardsLaw implements AutoCloseable {
    /** d = -121665/121666. */
    static final Field25519 D = d();

    static final Field25519 TWICE_D = twiceD();

    private final Field25519 a = new Field25519();
    private final Field25519 b = new Field25519();
    private final Field25519 c = new Field25519();
    private final Field25519 d = new Field25519();
    private final Field25519 e = new Field25519();
    private final Field25519 f = new Field25519();
    private final Field25519 g = new Field25519();
    private final Field25519 h = new Field25519();
    private final PreparedPoint second = new PreparedPoint();

    private static Field25519 d() {
        var d = new Field25519();
        Roots25519.invert(d, Field25519.of(121666));
        d.multiply(d, Field25519.of(121665));
        d.negate(d);
        return d.reduce();
    }

    private static Field25519 twiceD() {
        var twice = new Field25519();
        twice.add(D, D);
        return twice.reduce();
    }

    /** r = p + q. */
    public void add(ExtendedPoint r, ExtendedPoint p, ExtendedPoint q) {
        add(r, p, second.set(q));
    }

    /** r = p - q. */
    public void subtract(ExtendedPoint r, ExtendedPoint p, ExtendedPoint q) {
        second.set(q).negateIf(-1);
        add(r, p, second);
    }

    /** r = p + q. */
    void add(ExtendedPoint r, ExtendedPoint p, PreparedPoint q) {
        addWithoutT(r, p, q);
        r.t.multiply(e, h);
    }

    /** r = p + q for a q with Z = 1. */
    void addAffine(ExtendedPoint r, ExtendedPoint p, PreparedPoint q) {
        d.add(p.z, p.z);
        addWithD(r, p, q);
        r.t.multiply(e, h);
    }

    /** r = 2^times·(p + q), for times >= 1. The sum needs no T, since a doubling does not read it. */
    void addAndDouble(ExtendedPoint r, ExtendedPoint p, PreparedPoint q, int times) {
        addWithoutT(r, p, q);
        multiplyByPowerOfTwo(r, r, times);
    }

    private void addWithoutT(ExtendedPoint r, ExtendedPoint p, PreparedPoint q) {
        d.multiply(p.z, q.twiceZ);
        addWithD(r, p, q);
    }

    /** The addition behind D = 2·Z1·Z2, with T left as E·H. Of tight coordinates, every factor is loose. */
    private void addWithD(ExtendedPoint r, ExtendedPoint p, PreparedPoint q) {
        a.subtract(p.y, p.x);
        a.multiply(a, q.difference);
        b.add(p.y, p.x);
        b.multiply(b, q.sum);
        c.multiply(p.t, q.product);
        e.subtract(b, a);
        f.subtract(d, c);
        g.add(d, c);
        h.add(b, a);
        r.x.multiply(e, f);
        r.y.multiply(g, h);
        r.z.multiply(f, g);
    }

    /** r = 2^times·p, for times >= 1. Only the last doubling needs to make T, since none reads it. */
    void multiplyByPowerOfTwo(ExtendedPoint r, ExtendedPoint p, int times) {
        doubleWithoutT(r, p);
        for (int i = 1; i < times; i++) {
            doubleWithoutT(r, r);
        }
        r.t.multiply(e, h);
    }

    /** r = 2p. */
    public void twice(ExtendedPoint r, ExtendedPoint p) {
        multiplyByPowerOfTwo(r, p, 1);
    }

    /** X, Y and Z of 2p, with T left as E·H. F is the largest factor: four tight numbers. */
    private void doubleWithoutT(ExtendedPoint r, ExtendedPoint p) {
        a.square(p.x);
        b.square(p.y);
        c.square(p.z);
        e.add(p.x, p.y);
        e.square(e);
        h.add(a, b);
        e.subtract(h, e);
        g.subtract(a, b);
        f.addTwice(g, c);
        r.x.multiply(e, f);
        r.y.multiply(g, h);
        r.z.multiply(f, g);
    }

    @Override
    public void close() {
        a.wipe();
        b.wipe();
        c.wipe();
        d.wipe();
        e.wipe();
        f.wipe();
        g.wipe();
        h.wipe();
        second.wipe();
    }
}
