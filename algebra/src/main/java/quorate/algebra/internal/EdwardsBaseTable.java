package quorate.algebra.internal;

import quorate.algebra.ConstantTime;

/**
 * k·B for one fixed point B, constant time in k, from the table of j·16^i·B for j = 1, ..., 8 and i = 0, ..., 63, in
 * affine Niels form: 64 additions and no doubling. The table takes 61 KB.
 */
@ConstantTime
public final class EdwardsBaseTable {
    private final PreparedTable table = new PreparedTable(SignedDigits.COUNT, true);

    public EdwardsBaseTable(ExtendedPoint base) {
        var points = multiples(base);
        normalize(points);
        var prepared = new PreparedPoint();
        for (int i = 0; i < points.length; i++) {
            table.store(i / PreparedTable.ROW, i % PreparedTable.ROW + 1, prepared.set(points[i]));
        }
    }

    private static ExtendedPoint[] multiples(ExtendedPoint base) {
        var points = new ExtendedPoint[SignedDigits.COUNT * PreparedTable.ROW];
        var first = new ExtendedPoint().set(base);
        try (var law = new EdwardsLaw()) {
            for (int i = 0; i < points.length; i++) {
                points[i] = new ExtendedPoint();
                if (i % PreparedTable.ROW == 0) {
                    points[i].set(first);
                } else {
                    law.add(points[i], points[i - 1], first);
                }
                if (i % PreparedTable.ROW == PreparedTable.ROW - 1) {
                    law.twice(first, points[i]); // 16·first
                }
            }
        }
        return points;
    }

    /** Makes every Z = 1 with one inversion: 1/Z_i = (Z_0···Z_(i-1))·1/(Z_0···Z_i), from the last to the first. */
    private static void normalize(ExtendedPoint[] points) {
        var before = new Field25519[points.length];
        var all = Field25519.of(1);
        for (int i = 0; i < points.length; i++) {
            before[i] = new Field25519().set(all);
            all.multiply(all, points[i].z);
        }
        Roots25519.invert(all, all);
        var inverse = new Field25519();
        for (int i = points.length - 1; i >= 0; i--) {
            inverse.multiply(all, before[i]);
            all.multiply(all, points[i].z);
            points[i].normalize(inverse);
        }
    }

    /** k·B for 32 little-endian bytes of a number k below 2^254. */
    public ExtendedPoint multiply(byte[] k) {
        var result = new ExtendedPoint();
        try (var law = new EdwardsLaw();
                var selection = table.selection();
                var digits = new SignedDigits(k)) {
            for (int i = 0; i < SignedDigits.COUNT; i++) {
                law.addAffine(result, result, selection.of(i, digits.digit(i)));
            }
        }
        return result;
    }
}
