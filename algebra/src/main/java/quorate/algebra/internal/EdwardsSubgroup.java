package quorate.algebra.internal;

import java.math.BigInteger;

/**
 * Whether a point of edwards25519 has [L]P = O, for the prime order L of the base point: the curve has 8·L points.
 *
 * <p>Variable time, for public points. L is written in its non-adjacent form of width 5: digits that are 0 or odd, from
 * -15 to 15, and at most one of 5 neighbours is not 0. Cost: 253 doublings and about 30 additions.
 */
public final class EdwardsSubgroup {
    private static final int WIDTH = 5;
    private static final int[] DIGITS = digits(ScalarField.ED25519.order());

    private EdwardsSubgroup() {}

    private static int[] digits(BigInteger order) {
        var digits = new int[order.bitLength() + 1];
        var rest = order;
        for (int i = 0; rest.signum() > 0; i++) {
            if (rest.testBit(0)) {
                int residue = rest.intValue() & ((1 << WIDTH) - 1);
                digits[i] = residue < 1 << (WIDTH - 1) ? residue : residue - (1 << WIDTH);
                rest = rest.subtract(BigInteger.valueOf(digits[i]));
            }
            rest = rest.shiftRight(1);
        }
        return digits;
    }

    public static boolean contains(ExtendedPoint p) {
        try (var law = new EdwardsLaw()) {
            var odd = oddMultiples(p, law);
            var sum = new ExtendedPoint();
            int doublings = 0;
            // L is odd, so its lowest digit is not 0 and no doubling is left over.
            for (int i = DIGITS.length - 1; i >= 0; i--) {
                doublings++;
                int digit = DIGITS[i];
                if (digit != 0) {
                    law.multiplyByPowerOfTwo(sum, sum, doublings);
                    doublings = 0;
                    int sign = digit >> 31;
                    var term = odd[Math.abs(digit) >> 1];
                    term.negateIf(sign);
                    law.add(sum, sum, term);
                    term.negateIf(sign);
                }
            }
            return sum.isIdentity();
        }
    }

    /** P, 3P, ..., 15P. */
    private static PreparedPoint[] oddMultiples(ExtendedPoint p, EdwardsLaw law) {
        var odd = new PreparedPoint[1 << (WIDTH - 2)];
        var twice = new ExtendedPoint();
        law.twice(twice, p);
        odd[0] = new PreparedPoint().set(p);
        var multiple = new ExtendedPoint();
        for (int i = 1; i < odd.length; i++) {
            law.add(multiple, twice, odd[i - 1]);
            odd[i] = new PreparedPoint().set(multiple);
        }
        return odd;
    }
}
