package quorate.vole;

import quorate.algebra.ConstantTime;
import quorate.algebra.KeyedExpander;
import quorate.algebra.ScalarVector;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;

/** pad(psid, j, c, row) = KXS(TH("ote/pad-key", psid), row||I2OSP(j,2)||I2OSP(c,1)) of protocols.md 2.3. */
@ConstantTime
final class Pads implements AutoCloseable {
    /** Pads per OT: two inputs and the check. */
    static final int PER_OT = 3;

    private static final int ROW_BYTES = 16;
    private static final int FIELD_BYTES = ROW_BYTES + 3;

    private final KeyedExpander expander;
    private final byte[] fields;

    Pads(byte[] psid, Secrets scope) {
        expander = new KeyedExpander(Transcript.of("ote/pad-key").add(psid).hash());
        fields = scope.keep(new byte[FIELD_BYTES]);
    }

    /** to[at + c] = the pad of OT j, c = 0, 1, 2. */
    void expand(int j, long low, long high, ScalarVector to, int at) {
        Columns.putWord(fields, 0, low);
        Columns.putWord(fields, Long.BYTES, high);
        fields[ROW_BYTES] = (byte) (j >> Byte.SIZE);
        fields[ROW_BYTES + 1] = (byte) j;
        for (int c = 0; c < PER_OT; c++) {
            fields[ROW_BYTES + 2] = (byte) c;
            expander.expand(fields, to, at + c);
        }
    }

    @Override
    public void close() {
        expander.erase();
    }
}
