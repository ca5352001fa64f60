package quorate.pair;

import java.util.Arrays;
import quorate.algebra.ConstantTime;
import quorate.algebra.DecodingException;
import quorate.algebra.Draw;
import quorate.algebra.Point;
import quorate.algebra.Secrets;

/**
 * Bob in the base OTs of one direction: from Alice's message he makes two seeds in each of 128 instances, and an answer
 * that lets her find one of them.
 *
 * <p>Source: protocols.md 2.2. Letters: mA_b and mB_b what Alice and Bob contribute to side b, tB_b his exponent. Cost
 * for each instance: 4 multiplications, 2 hashes to the curve.
 *
 * @param message BOT2: mB_0, mB_1 for c = 0..127. Public
 */
@ConstantTime
record BaseOtReply(SenderSeeds seeds, byte[] message) {
    private static final int POINT_BYTES = BaseOt.GROUP.pointBytes();

    /**
     * Answers BOT1.
     *
     * @throws DecodingException if a point of it is none, or one that follows from it is O
     */
    static BaseOtReply to(byte[] invitation, BaseOtHashing hashing, int alice, Draw draw, Secrets scope)
            throws DecodingException {
        var seeds = new byte[][] {scope.keep(new byte[BaseOt.SEEDS_BYTES]), scope.keep(new byte[BaseOt.SEEDS_BYTES])};
        var message = new byte[BaseOt.MESSAGE_BYTES];
        try (var seed = new Secrets()) {
            var bulk = draw.bulk(Draw.For.BOT, Draw.name("BOT2", alice), seed);
            for (int c = 0; c < BaseOt.INSTANCES; c++) {
                // decode r_0, r_1 (reject O/invalid);
                var encoded0 = Arrays.copyOfRange(invitation, BaseOt.at(c, 0), BaseOt.at(c, 1));
                var encoded1 = Arrays.copyOfRange(invitation, BaseOt.at(c, 1), BaseOt.at(c + 1, 0));
                var r0 = BaseOt.GROUP.decodePoint(encoded0);
                var r1 = BaseOt.GROUP.decodePoint(encoded1);
                // For b in {0,1}: mA_b = r_b + HC(b, sid, c, r_{1-b}) (if O: BLAME);
                var mA0 = contribution(r0, hashing.toPoint(0, c, encoded1));
                var mA1 = contribution(r1, hashing.toPoint(1, c, encoded0));
                answer(c, 0, mA0, hashing, bulk, seeds[0], message);
                answer(c, 1, mA1, hashing, bulk, seeds[1], message);
            }
        }
        return new BaseOtReply(new SenderSeeds(seeds[0], seeds[1], scope), message);
    }

    private static Point contribution(Point r, Point hashed) throws DecodingException {
        var mA = r.plus(hashed);
        if (hashed.isIdentity() || mA.isIdentity()) {
            throw new DecodingException("a contribution to base OT is the point at infinity");
        }
        return mA;
    }

    private static void answer(
            int c, int b, Point mA, BaseOtHashing hashing, Draw bulk, byte[] seeds, byte[] message) {
        try (var secrets = new Secrets()) {
            // tB_b <- Z_q^* (per c and b); mB_b = tB_b*G;
            var tB = bulk.nonZeroScalar(BaseOt.GROUP, secrets, Draw.For.BOT, Draw.name("tB", c, b));
            var mB = BaseOt.GROUP.multiplyBase(tB).encode();
            // seed_b^c = TH("bot/seed", sid, c, b, ser(mA_b), ser(mB_b), ser(tB_b*mA_b)).
            var product = mA.times(tB);
            hashing.seed(seeds, c, b, mA.encode(), mB, secrets.keep(product.encode()));
            product.erase();
            System.arraycopy(mB, 0, message, BaseOt.at(c, b), POINT_BYTES);
        }
    }

    @Override
    public String toString() {
        return "BaseOtReply[redacted]";
    }
}
