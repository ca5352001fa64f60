package quorate.vole;

import java.util.Arrays;
import quorate.algebra.KeyedExpander;
import quorate.algebra.Secrets;
import quorate.pair.SenderSeeds;

/** A Bob who knows all of protocols.md 2.3 and cheats consistently. */
public final class CheatingBob {
    private static final Extension EXTENSION = Extension.OF_256_BITS;

    private CheatingBob() {}

    /** x of an honest message: u_0 ^ t_{0,0} ^ t_{1,0}. Its first bits are w. */
    public static byte[] choices(SenderSeeds seeds, byte[] sid, byte[] message) {
        var x = column(seeds.zero(), sid, 0, 0);
        var one = column(seeds.one(), sid, 0, 1);
        for (int i = 0; i < x.length; i++) {
            x[i] ^= (byte) (one[i] ^ message[i]);
        }
        return x;
    }

    /** The message with one column computed with x ^ 1, and everything after it as from an honest Bob. */
    public static byte[] withFlippedColumn(SenderSeeds seeds, byte[] sid, byte[] message, int flipped) {
        try (var scratch = new Secrets()) {
            int bytes = EXTENSION.columnBytes();
            var x = choices(seeds, sid, message);
            var u = Arrays.copyOf(message, Extension.COLUMNS * bytes);
            u[flipped * bytes] ^= 1;
            var du = ColumnHashes.ofColumns(sid, u);
            var chi = ColumnHashes.chi(EXTENSION, sid, du);
            var zero = new Columns(EXTENSION, Extension.COLUMNS, scratch);
            for (int c = 0; c < Extension.COLUMNS; c++) {
                zero.xor(c, column(seeds.zero(), sid, c, 0), 0, -1);
            }
            var choices = new Columns(EXTENSION, 1, scratch);
            choices.xor(0, x, 0, -1);
            var xt = choices.fold(chi, scratch);
            var th = ColumnHashes.ofCheck(sid, du, xt, zero.fold(chi, scratch), scratch);
            var cheating = Arrays.copyOf(u, message.length);
            System.arraycopy(xt, 0, cheating, u.length, xt.length);
            System.arraycopy(th, 0, cheating, u.length + xt.length, th.length);
            return cheating;
        }
    }

    private static byte[] column(byte[] seeds, byte[] sid, int c, int choice) {
        var column = new byte[EXTENSION.columnBytes()];
        ColumnHashes.column(new KeyedExpander(new byte[32]), sid, c, choice, seeds, column);
        return column;
    }
}
