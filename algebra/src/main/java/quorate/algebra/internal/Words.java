package quorate.algebra.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import quorate.algebra.ConstantTime;

/** Byte strings as 64-bit words, the lowest first. */
@ConstantTime
final class Words {
    private static final VarHandle BIG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LITTLE =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Words() {}

    /** The number in {@code length} big-endian bytes from {@code at}, filled up with zeros to {@code count} words. */
    static long[] bigEndian(byte[] in, int at, int length, int count) {
        var padded = new byte[count * Long.BYTES];
        System.arraycopy(in, at, padded, padded.length - length, length);
        var words = new long[count];
        for (int i = 0; i < count; i++) {
            words[i] = (long) BIG.get(padded, (count - 1 - i) * Long.BYTES);
        }
        Arrays.fill(padded, (byte) 0);
        return words;
    }

    /** The number in {@code 8·count} little-endian bytes. */
    static long[] littleEndian(byte[] in, int count) {
        var words = new long[count];
        for (int i = 0; i < count; i++) {
            words[i] = (long) LITTLE.get(in, i * Long.BYTES);
        }
        return words;
    }

    static void toBigEndian(byte[] out, int at, long[] words) {
        for (int i = 0; i < words.length; i++) {
            BIG.set(out, at + (words.length - 1 - i) * Long.BYTES, words[i]);
        }
    }

    static void toLittleEndian(byte[] out, long[] words) {
        for (int i = 0; i < words.length; i++) {
            LITTLE.set(out, i * Long.BYTES, words[i]);
        }
    }
}
