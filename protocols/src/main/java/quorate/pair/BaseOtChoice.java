package quorate.pair;

import java.util.Arrays;
import quorate.algebra.ConstantTime;
import quorate.algebra.DecodingException;
import quorate.algebra.Draw;
import quorate.algebra.Secrets;

/**
 * Alice in the base OTs of one direction: she chooses one of Bob's two seeds in each of 128 instances, and he does not
 * learn which.
 *
 * <p>Source: protocols.md 2.2 (endemic OT of Masny and Rindal, figure 8). Letters: b = Delta_c the choice, tA the
 * exponent of the chosen side, T that of the other one, whose point U has no exponent that would open Bob's seed. What
 * depends on b is chosen by mask. Cost for each instance: 3 multiplications, 2 hashes to the curve.
 */
@ConstantTime
final class BaseOtChoice {
    private static final int POINT_BYTES = BaseOt.GROUP.pointBytes();
    private static final int WIDE_BYTES = BaseOt.GROUP.wideBytes();

    private final BaseOtHashing hashing;
    private final byte[] delta;
    /** tA_c as drawn, 48 bytes each, until the answer is in. */
    private final byte[] exponents;
    /** ser(tA_c·G): equal to one of two public points, but which one is secret. */
    private final byte[] images;

    private final byte[] message = new byte[BaseOt.MESSAGE_BYTES];

    private BaseOtChoice(BaseOtHashing hashing, byte[] delta, Secrets scope) {
        this.hashing = hashing;
        this.delta = scope.keep(delta);
        this.exponents = scope.keep(new byte[BaseOt.INSTANCES * WIDE_BYTES]);
        this.images = scope.keep(new byte[BaseOt.INSTANCES * POINT_BYTES]);
    }

    /** Draws Delta and BOT1. */
    static BaseOtChoice draw(BaseOtHashing hashing, int bob, Draw draw, Secrets scope) {
        // Delta <- {0,1}^128.
        var delta = draw.draw(Draw.For.BOT, Draw.name("Delta", bob), BaseOt.CHOICES_BYTES);
        var choice = new BaseOtChoice(hashing, delta, scope);
        try (var seed = new Secrets()) {
            var bulk = draw.bulk(Draw.For.BOT, Draw.name("BOT1", bob), seed);
            for (int c = 0; c < BaseOt.INSTANCES; c++) {
                int attempt = 0;
                while (!choice.draw(c, attempt, bulk)) {
                    attempt++;
                }
            }
        }
        return choice;
    }

    /** False with negligible probability: a drawn value is 0, or a point is O. */
    private boolean draw(int c, int attempt, Draw bulk) {
        try (var secrets = new Secrets()) {
            // tA_c <- Z_q^*; T_c <- Z_q^*, U = T_c*G;
            var wide = secrets.keep(bulk.draw(Draw.For.BOT, Draw.name("tA", c, attempt), WIDE_BYTES));
            var tA = BaseOt.GROUP.reduceSecret(secrets, wide);
            var t = bulk.scalar(BaseOt.GROUP, secrets, Draw.For.BOT, Draw.name("T", c, attempt));
            if (tA.isZero() || t.isZero()) {
                return false;
            }
            var u = BaseOt.GROUP.multiplyBase(t).encode();
            // compute H_0 = HC(0, sid, c, U) and H_1 = HC(1, sid, c, U), both always, and select H_b by mask;
            var h0 = hashing.toPoint(0, c, u);
            var h1 = hashing.toPoint(1, c, u);
            var h = h0.orIf(h1, mask(c));
            // r_{1-b} = U, r_b = tA_c*G - H_b (draw again if O), placed by mask.
            var image = BaseOt.GROUP.multiplyBase(tA);
            var r = image.minus(h);
            try {
                if (h0.isIdentity() || h1.isIdentity() || r.isIdentity()) {
                    return false;
                }
                place(c, r.encode(), u);
                System.arraycopy(wide, 0, exponents, c * WIDE_BYTES, WIDE_BYTES);
                System.arraycopy(secrets.keep(image.encode()), 0, images, c * POINT_BYTES, POINT_BYTES);
                return true;
            } finally {
                image.erase();
                h.erase();
                r.erase();
            }
        }
    }

    private void place(int c, byte[] chosen, byte[] other) {
        byte mask = (byte) mask(c);
        for (int i = 0; i < POINT_BYTES; i++) {
            byte difference = (byte) (chosen[i] ^ other[i]);
            message[BaseOt.at(c, 0) + i] = (byte) (chosen[i] ^ (mask & difference));
            message[BaseOt.at(c, 1) + i] = (byte) (other[i] ^ (mask & difference));
        }
    }

    private int bit(int c) {
        return delta[c / Byte.SIZE] >> c % Byte.SIZE & 1;
    }

    /** All ones if Delta_c = 1, else 0. */
    private long mask(int c) {
        return -(long) bit(c);
    }

    /** BOT1: r_0, r_1 for c = 0..127. Public. */
    byte[] message() {
        return message.clone();
    }

    /**
     * Reads BOT2.
     *
     * @throws DecodingException if a point of it is none
     */
    ReceiverSeeds receive(byte[] answer, Secrets scope) throws DecodingException {
        var chosen = scope.keep(new byte[BaseOt.SEEDS_BYTES]);
        try {
            for (int c = 0; c < BaseOt.INSTANCES; c++) {
                receive(c, answer, chosen);
            }
            return new ReceiverSeeds(delta, chosen, scope);
        } finally {
            Arrays.fill(exponents, (byte) 0);
            Arrays.fill(images, (byte) 0);
        }
    }

    private void receive(int c, byte[] answer, byte[] chosen) throws DecodingException {
        try (var secrets = new Secrets()) {
            // decode mB_0, mB_1; select mB_b by mask;
            var encoded0 = Arrays.copyOfRange(answer, BaseOt.at(c, 0), BaseOt.at(c, 1));
            var encoded1 = Arrays.copyOfRange(answer, BaseOt.at(c, 1), BaseOt.at(c + 1, 0));
            var mB = BaseOt.GROUP
                    .decodePoint(encoded0)
                    .orIf(BaseOt.GROUP.decodePoint(encoded1), mask(c));
            var encoded = secrets.keep(encoded0);
            byte mask = (byte) mask(c);
            for (int i = 0; i < POINT_BYTES; i++) {
                encoded[i] ^= (byte) (mask & (encoded[i] ^ encoded1[i]));
            }
            // seed_{Delta_c}^c = TH("bot/seed", sid, c, b, ser(tA_c*G), ser(mB_b), ser(tA_c*mB_b)).
            var wide = secrets.keep(Arrays.copyOfRange(exponents, c * WIDE_BYTES, (c + 1) * WIDE_BYTES));
            var image = secrets.keep(Arrays.copyOfRange(images, c * POINT_BYTES, (c + 1) * POINT_BYTES));
            var product = mB.times(BaseOt.GROUP.reduceSecret(secrets, wide));
            hashing.seed(chosen, c, bit(c), image, encoded, secrets.keep(product.encode()));
            product.erase();
            mB.erase();
        }
    }
}
