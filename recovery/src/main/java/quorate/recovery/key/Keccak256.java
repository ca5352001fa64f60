package quorate.recovery.key;

import java.util.Arrays;

/** Keccak-256 as Ethereum uses it: the sponge of FIPS 202 with rate 1088 and the padding of the submission, 0x01. */
final class Keccak256 {
    private static final int RATE_BYTES = 136;
    private static final int HASH_BYTES = 32;
    private static final int ROUNDS = 24;
    private static final int SIDE = 5;

    private Keccak256() {}

    static byte[] of(byte[] input) {
        var state = new long[SIDE * SIDE];
        var padded = Arrays.copyOf(input, (input.length / RATE_BYTES + 1) * RATE_BYTES);
        padded[input.length] = 1;
        padded[padded.length - 1] |= (byte) 0x80;
        for (int at = 0; at < padded.length; at += RATE_BYTES) {
            for (int i = 0; i < RATE_BYTES; i++) {
                state[i / Long.BYTES] ^= (padded[at + i] & 0xffL) << (i % Long.BYTES * Byte.SIZE);
            }
            permute(state);
        }
        var hash = new byte[HASH_BYTES];
        for (int i = 0; i < HASH_BYTES; i++) {
            hash[i] = (byte) (state[i / Long.BYTES] >>> (i % Long.BYTES * Byte.SIZE));
        }
        return hash;
    }

    private static void permute(long[] a) {
        var b = new long[SIDE * SIDE];
        var c = new long[SIDE];
        int register = 1;
        for (int round = 0; round < ROUNDS; round++) {
            // theta
            for (int x = 0; x < SIDE; x++) {
                c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
            }
            for (int i = 0; i < a.length; i++) {
                a[i] ^= c[(i + 4) % SIDE] ^ Long.rotateLeft(c[(i + 1) % SIDE], 1);
            }
            // rho and pi
            b[0] = a[0];
            int x = 1;
            int y = 0;
            for (int t = 0; t < ROUNDS; t++) {
                int to = (2 * x + 3 * y) % SIDE;
                b[y + SIDE * to] = Long.rotateLeft(a[x + SIDE * y], (t + 1) * (t + 2) / 2);
                x = y;
                y = to;
            }
            // chi
            for (int i = 0; i < a.length; i++) {
                int row = i / SIDE * SIDE;
                a[i] = b[i] ^ (~b[row + (i + 1) % SIDE] & b[row + (i + 2) % SIDE]);
            }
            // iota: the constants come from a register of 8 bits
            for (int j = 0; j < 7; j++) {
                if ((register & 1) == 1) {
                    a[0] ^= 1L << ((1 << j) - 1);
                }
                register = (register << 1) ^ ((register >> 7) * 0x171);
            }
        }
    }
}
