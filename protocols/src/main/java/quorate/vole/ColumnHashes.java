package quorate.vole;

import java.util.Arrays;
import quorate.algebra.KeyedExpander;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;

/** The hash calls of protocols.md 2.3, that Bob and Alice make alike. */
final class ColumnHashes {
    private static final byte[] NO_FIELDS = new byte[0];
    private static final int CHI_BYTES = 16;

    private ColumnHashes() {}

    /**
     * KX(TH("ote/prg-key", sid_x, I2OSP(c,2), I2OSP(b,1), seed), -; L'/8) into {@code column}.
     *
     * @param seeds holds the seed of this column at 32*c
     */
    static void column(KeyedExpander expander, byte[] sid, int c, int choice, byte[] seeds, byte[] column) {
        int from = c * Extension.HASH_BYTES;
        var seed = Arrays.copyOfRange(seeds, from, from + Extension.HASH_BYTES);
        var transcript = Transcript.of("ote/prg-key").add(sid).addU16(c).addU8(choice).add(seed);
        var key = transcript.hash();
        transcript.erase();
        expander.rekey(key);
        expander.expand(NO_FIELDS, column.length, column, 0);
        Arrays.fill(seed, (byte) 0);
        Arrays.fill(key, (byte) 0);
    }

    /** du = TH("ote/u", sid_x, u_0||..||u_127). */
    static byte[] ofColumns(byte[] sid, byte[] columns) {
        return Transcript.of("ote/u").add(sid).add(columns).hash();
    }

    /** chi_j = KX(TH("ote/chi-key", sid_x, du), I2OSP(j,2); 16), as words. */
    static long[] chi(Extension extension, byte[] sid, byte[] du) {
        var expander = new KeyedExpander(Transcript.of("ote/chi-key").add(sid).add(du).hash());
        var chi = new long[2 * extension.blocks()];
        var element = new byte[CHI_BYTES];
        for (int j = 0; j < extension.blocks(); j++) {
            expander.expand(new byte[] {(byte) (j >> Byte.SIZE), (byte) j}, CHI_BYTES, element, 0);
            chi[2 * j] = Columns.word(element, 0);
            chi[2 * j + 1] = Columns.word(element, Long.BYTES);
        }
        return chi;
    }

    /** th = TH("ote/t", sid_x, du, xt, tt_0||..||tt_127). */
    static byte[] ofCheck(byte[] sid, byte[] du, byte[] xt, byte[] tt, Secrets scope) {
        var transcript = Transcript.of("ote/t").add(sid).add(du).add(xt).add(tt);
        var th = scope.keep(transcript.hash());
        transcript.erase();
        return th;
    }
}
