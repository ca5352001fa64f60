package quorate.algebra.internal;

import quorate.algebra.ConstantTime;

/**
 * k·P for any point P of edwards25519, constant time in k and P: signed 4-bit windows over a table of P, ..., 8P. Cost:
 * 252 doublings and 71 additions.
 */
@ConstantTime
public final class EdwardsMultiplication {
    private EdwardsMultiplication() {}

    /** k·P for 32 little-endian bytes of a number k below 2^254. P may have any order. */
    public static ExtendedPoint multiply(byte[] k, ExtendedPoint p) {
        var result = new ExtendedPoint();
        var table = new PreparedTable(1, false);
        try (var law = new EdwardsLaw();
                var selection = table.selection();
                var digits = new SignedDigits(k)) {
            fill(table, p, law);
            for (int i = SignedDigits.COUNT - 1; i > 0; i--) {
                law.addAndDouble(result, result, selection.of(0, digits.digit(i)), SignedDigits.BITS);
            }
            law.add(result, result, selection.of(0, digits.digit(0)));
        } finally {
            table.wipe();
        }
        return result;
    }

    private static void fill(PreparedTable table, ExtendedPoint p, EdwardsLaw law) {
        var multiple = new ExtendedPoint().set(p);
        var prepared = new PreparedPoint();
        table.store(0, 1, prepared.set(multiple));
        for (int i = 2; i <= PreparedTable.ROW; i++) {
            law.add(multiple, p, prepared);
            table.store(0, i, prepared.set(multiple));
        }
        multiple.wipe();
        prepared.wipe();
    }
}
