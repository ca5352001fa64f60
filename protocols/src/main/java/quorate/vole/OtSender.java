package quorate.vole;

import java.security.MessageDigest;
import java.util.Arrays;
import quorate.algebra.ConstantTime;
import quorate.algebra.KeyedExpander;
import quorate.algebra.Secrets;
import quorate.pair.ReceiverSeeds;

/**
 * Alice of an OT extension: from Bob's message the rows row0_j and row0_j ^ Delta, of which Bob knows one.
 *
 * <p>Source: protocols.md 2.3. The verdict {@link #isConsistent} depends on the long-term secret Delta: it is passed
 * under the lock of the pair, once, and nothing is done with the rows if it fails. Cost: 1 200 hash blocks.
 */
@ConstantTime
public final class OtSender {
    private static final Extension EXTENSION = Extension.OF_256_BITS;

    private final long[] rows;
    private final long[] delta;
    private final byte[] claimed;
    private final byte[] expected;

    private OtSender(long[] rows, long[] delta, byte[] claimed, byte[] expected) {
        this.rows = rows;
        this.delta = delta;
        this.claimed = claimed;
        this.expected = expected;
    }

    /**
     * Computes everything and passes no verdict.
     *
     * @param seeds of the base OTs in which this party is Alice
     * @param sid sid_x as Bob has it
     * @param message holds {@link OtReceiver#MESSAGE_BYTES} from {@code at}, whatever they are
     * @param scope of the rows
     */
    public static OtSender open(ReceiverSeeds seeds, byte[] sid, byte[] message, int at, Secrets scope) {
        try (var scratch = new Secrets()) {
            int bytes = EXTENSION.columnBytes();
            var q = new Columns(EXTENSION, Extension.COLUMNS, scratch);
            var expander = new KeyedExpander(new byte[Extension.HASH_BYTES]);
            var column = scratch.keep(new byte[bytes]);
            for (int c = 0; c < Extension.COLUMNS; c++) {
                // q_c = t_{Delta_c,c} ^ (Delta_c ? u_c : 0)
                long chosen = Columns.mask(seeds.delta(), c);
                ColumnHashes.column(expander, sid, c, (int) chosen & 1, seeds.chosen(), column);
                q.xor(c, column, 0, -1);
                q.xor(c, message, at + c * bytes, chosen);
            }
            expander.erase();
            int end = at + Extension.COLUMNS * bytes;
            var xt = Arrays.copyOfRange(message, end, end + Extension.CHECK_BYTES);
            var du = ColumnHashes.ofColumns(sid, Arrays.copyOfRange(message, at, end));
            // tt*_c = fold(q_c) ^ (Delta_c ? xt : 0)
            var tt = q.fold(ColumnHashes.chi(EXTENSION, sid, du), scratch);
            for (int c = 0; c < Extension.COLUMNS; c++) {
                long chosen = Columns.mask(seeds.delta(), c);
                for (int i = 0; i < Extension.CHECK_BYTES; i++) {
                    tt[c * Extension.CHECK_BYTES + i] ^= (byte) (xt[i] & chosen);
                }
            }
            int hashAt = end + Extension.CHECK_BYTES;
            return new OtSender(
                    q.rows(scope),
                    scope.keep(new long[] {
                        Columns.word(seeds.delta(), 0), Columns.word(seeds.delta(), Long.BYTES)
                    }),
                    Arrays.copyOfRange(message, hashAt, hashAt + Extension.HASH_BYTES),
                    ColumnHashes.ofCheck(sid, du, xt, tt, scope));
        }
    }

    /** OTE-2: TH("ote/t", sid_x, du, xt, tt*_0||..||tt*_127) = th. */
    public boolean isConsistent() {
        return MessageDigest.isEqual(claimed, expected);
    }

    /** row0_j, two words each. */
    long[] rows() {
        return rows;
    }

    /** Delta, two words. */
    long[] delta() {
        return delta;
    }

    @Override
    public String toString() {
        return "OtSender[redacted]";
    }
}
