package quorate.vole;

import quorate.algebra.ConstantTime;
import quorate.algebra.Draw;
import quorate.algebra.KeyedExpander;
import quorate.algebra.Secrets;
import quorate.pair.SenderSeeds;

/**
 * Bob of an OT extension: draws m choices w, keeps the rows they select, and says one message.
 *
 * <p>Source: protocols.md 2.3. Letters: x the choices with 128 random bits behind them, t_b the expanded seeds, u the
 * columns that are sent, xt and tt what folds out of x and t_0. Cost: 2 000 hash blocks.
 */
@ConstantTime
public final class OtReceiver {
    private static final Extension EXTENSION = Extension.OF_256_BITS;

    /** OL of Appendix C. */
    public static final int MESSAGE_BYTES =
            Extension.COLUMNS * EXTENSION.columnBytes() + Extension.CHECK_BYTES + Extension.HASH_BYTES;

    private final byte[] choices;
    private final long[] rows;

    private OtReceiver(byte[] choices, long[] rows) {
        this.choices = choices;
        this.rows = rows;
    }

    /**
     * Draws the choices and writes the OTE message.
     *
     * @param seeds of the base OTs in which this party is Bob
     * @param sid sid_x, fresh: it names this extension
     * @param draw bulk source of w and of the bits behind it
     * @param out takes {@link #MESSAGE_BYTES} from {@code at}
     * @param scope of the choices and rows
     */
    public static OtReceiver extend(
            SenderSeeds seeds, byte[] sid, Draw draw, byte[] out, int at, Secrets scope) {
        var choices = scope.keep(draw.draw(Draw.For.OTE, Draw.name("w"), EXTENSION.choiceBytes()));
        try (var scratch = new Secrets()) {
            // w <- {0,1}^m; x = w || 128 random bits
            var x = scratch.keep(new byte[EXTENSION.columnBytes()]);
            System.arraycopy(choices, 0, x, 0, choices.length);
            var blind = scratch.keep(draw.draw(Draw.For.OTE, Draw.name("x"), Extension.CHECK_BYTES));
            System.arraycopy(blind, 0, x, choices.length, blind.length);
            return new OtReceiver(choices, rows(seeds, sid, x, out, at, scratch, scope));
        }
    }

    private static long[] rows(
            SenderSeeds seeds, byte[] sid, byte[] x, byte[] out, int at, Secrets scratch, Secrets scope) {
        var zero = new Columns(EXTENSION, Extension.COLUMNS, scratch);
        var expander = new KeyedExpander(new byte[Extension.HASH_BYTES]);
        var column = scratch.keep(new byte[EXTENSION.columnBytes()]);
        var u = new byte[Extension.COLUMNS * column.length];
        for (int c = 0; c < Extension.COLUMNS; c++) {
            // u_c = t_{0,c} ^ t_{1,c} ^ x
            ColumnHashes.column(expander, sid, c, 0, seeds.zero(), column);
            zero.xor(c, column, 0, -1);
            ColumnHashes.column(expander, sid, c, 1, seeds.one(), column);
            for (int i = 0; i < column.length; i++) {
                column[i] ^= x[i];
            }
            zero.writeXor(c, column, 0, u, c * column.length);
        }
        expander.erase();
        // xt = fold(x); tt_c = fold(t_{0,c}); th
        var du = ColumnHashes.ofColumns(sid, u);
        var chi = ColumnHashes.chi(EXTENSION, sid, du);
        var padded = new Columns(EXTENSION, 1, scratch);
        padded.xor(0, x, 0, -1);
        var xt = padded.fold(chi, scratch);
        var th = ColumnHashes.ofCheck(sid, du, xt, zero.fold(chi, scratch), scratch);
        System.arraycopy(u, 0, out, at, u.length);
        System.arraycopy(xt, 0, out, at + u.length, xt.length);
        System.arraycopy(th, 0, out, at + u.length + xt.length, th.length);
        return zero.rows(scope);
    }

    /** w: bit j is what OT j chose. */
    byte[] choices() {
        return choices;
    }

    /** row_j, two words each. */
    long[] rows() {
        return rows;
    }

    @Override
    public String toString() {
        return "OtReceiver[redacted]";
    }
}
