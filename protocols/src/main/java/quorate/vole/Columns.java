package quorate.vole;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import quorate.algebra.ConstantTime;
import quorate.algebra.Secrets;

/**
 * A bit matrix of L' = m + 128 rows in columns, in one flat array: word w of column c, which holds its bits 64w to
 * 64w+63, is at w*columns + c. So what is done to all columns alike is a loop over neighbours. Bits are little-endian
 * (protocols.md 0.3). Constant time in the bits.
 */
@ConstantTime
final class Columns {
    private static final VarHandle LITTLE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int BLOCK_WORDS = 2;
    /** A product of two blocks before it is reduced. */
    private static final int PRODUCT_WORDS = 2 * BLOCK_WORDS;

    private final Extension extension;
    private final int columns;
    private final long[] words;

    Columns(Extension extension, int columns, Secrets scope) {
        this.extension = extension;
        this.columns = columns;
        this.words = scope.keep(new long[extension.columnWords() * columns]);
    }

    /** Column c ^= the column in bytes from {@code at}, or ^= 0 if {@code mask} is 0 and not all ones. */
    void xor(int c, byte[] column, int at, long mask) {
        for (int w = 0, i = c; i < words.length; w++, i += columns) {
            words[i] ^= (long) LITTLE.get(column, at + w * Long.BYTES) & mask;
        }
    }

    /** Writes column c ^ the column in bytes from {@code at} to {@code out} from {@code to}. */
    void writeXor(int c, byte[] column, int at, byte[] out, int to) {
        for (int w = 0, i = c; i < words.length; w++, i += columns) {
            LITTLE.set(out, to + w * Long.BYTES, words[i] ^ (long) LITTLE.get(column, at + w * Long.BYTES));
        }
    }

    /**
     * fold(v) = sum_j chi_j * v[128j .. 128j+127] + v[m .. m+127] in GF(2^128), of every column at once: 16 bytes each,
     * one behind the other.
     *
     * <p>The chi_j are public, so their bits may steer: for each bit, from the highest, the sums are shifted, and
     * blocks whose chi has this bit are added to them.
     *
     * @param chi the words of chi_0, chi_1, ...
     */
    byte[] fold(long[] chi, Secrets scope) {
        var sums = scope.keep(new long[PRODUCT_WORDS * columns]);
        for (int bit = Long.SIZE - 1; bit >= 0; bit--) {
            shiftLeft(sums);
            for (int block = 0; block < extension.blocks(); block++) {
                for (int word = 0; word < BLOCK_WORDS; word++) {
                    if ((chi[block * BLOCK_WORDS + word] >>> bit & 1) != 0) {
                        add(sums, word, block);
                    }
                }
            }
        }
        reduce(sums);
        add(sums, 0, extension.blocks());
        var folded = scope.keep(new byte[columns * Extension.CHECK_BYTES]);
        for (int c = 0; c < columns; c++) {
            LITTLE.set(folded, c * Extension.CHECK_BYTES, sums[c]);
            LITTLE.set(folded, c * Extension.CHECK_BYTES + Long.BYTES, sums[columns + c]);
        }
        return folded;
    }

    private void shiftLeft(long[] sums) {
        for (int c = 0; c < columns; c++) {
            long s0 = sums[c];
            long s1 = sums[columns + c];
            long s2 = sums[2 * columns + c];
            sums[3 * columns + c] = sums[3 * columns + c] << 1 | s2 >>> 63;
            sums[2 * columns + c] = s2 << 1 | s1 >>> 63;
            sums[columns + c] = s1 << 1 | s0 >>> 63;
            sums[c] = s0 << 1;
        }
    }

    /** sums += block * X^(64*word); the block behind the last one is v[m .. m+127]. */
    private void add(long[] sums, int word, int block) {
        int to = word * columns;
        int from = block * BLOCK_WORDS * columns;
        for (int i = 0; i < BLOCK_WORDS * columns; i++) {
            sums[to + i] ^= words[from + i];
        }
    }

    /** Modulo X^128 + X^7 + X^2 + X + 1: the upper words times X^7 + X^2 + X + 1 go to the lower ones. */
    private void reduce(long[] sums) {
        for (int c = 0; c < columns; c++) {
            long s3 = sums[3 * columns + c];
            long s2 = sums[2 * columns + c] ^ s3 >>> 63 ^ s3 >>> 62 ^ s3 >>> 57;
            sums[columns + c] ^= s3 ^ s3 << 1 ^ s3 << 2 ^ s3 << 7 ^ s2 >>> 63 ^ s2 >>> 62 ^ s2 >>> 57;
            sums[c] ^= s2 ^ s2 << 1 ^ s2 << 2 ^ s2 << 7;
        }
    }

    /** The first m rows of a matrix of 128 columns: row j, bits j of all columns, is the words 2j and 2j+1. */
    long[] rows(Secrets scope) {
        var rows = scope.keep(new long[2 * extension.ots()]);
        var square = scope.keep(new long[Long.SIZE]);
        for (int w = 0; w < extension.ots() / Long.SIZE; w++) {
            for (int half = 0; half < 2; half++) {
                System.arraycopy(words, w * columns + half * Long.SIZE, square, 0, Long.SIZE);
                transpose(square);
                for (int i = 0; i < Long.SIZE; i++) {
                    rows[2 * (w * Long.SIZE + i) + half] = square[i];
                }
            }
        }
        return rows;
    }

    /** Of 64 times 64 bits: swaps ever smaller squares off the diagonal (Warren, "Hacker's Delight", section 7-3). */
    private static void transpose(long[] square) {
        long mask = 0xffffffffL;
        for (int size = Long.SIZE / 2; size != 0; size >>= 1) {
            for (int i = 0; i < Long.SIZE; i = (i + size + 1) & ~size) {
                long swapped = (square[i] >>> size ^ square[i + size]) & mask;
                square[i] ^= swapped << size;
                square[i + size] ^= swapped;
            }
            mask ^= mask << (size >> 1);
        }
    }

    static long word(byte[] bytes, int at) {
        return (long) LITTLE.get(bytes, at);
    }

    static void putWord(byte[] bytes, int at, long word) {
        LITTLE.set(bytes, at, word);
    }

    /** All ones if bit j is set, else 0. */
    static long mask(byte[] bits, int j) {
        return -(long) (bits[j >> 3] >> (j & 7) & 1);
    }
}
