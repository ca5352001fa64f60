package quorate.recovery.key;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import quorate.algebra.Encoding;
import quorate.rsa.Fingerprint;

/**
 * Wallet import format: Base58Check of 0x80 || key || 0x01, for the main network of Bitcoin and a compressed public
 * key.
 */
final class Wif {
    private static final byte[] ALPHABET =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
    private static final int BASE = 58;
    private static final int CHECKSUM_BYTES = 4;
    private static final byte[] MAIN_NETWORK = {(byte) 0x80};
    private static final byte[] COMPRESSED = {1};

    private Wif() {}

    /** One line, which the caller wipes. */
    static byte[] of(byte[] scalar) {
        var payload = Encoding.concat(MAIN_NETWORK, scalar, COMPRESSED);
        var checksum = Fingerprint.of(Fingerprint.of(payload).bytes()).bytes();
        var all = Encoding.concat(payload, Arrays.copyOf(checksum, CHECKSUM_BYTES));
        var digits = base58(all);
        Arrays.fill(payload, (byte) 0);
        Arrays.fill(all, (byte) 0);
        return digits;
    }

    /** Long division in place; nothing that starts with 0x80 has leading zeros. */
    private static byte[] base58(byte[] number) {
        var digits = new byte[2 * number.length];
        int at = digits.length;
        digits[--at] = '\n';
        int first = 0;
        while (first < number.length) {
            int remainder = 0;
            for (int i = first; i < number.length; i++) {
                int value = (remainder << Byte.SIZE) | (number[i] & 0xff);
                number[i] = (byte) (value / BASE);
                remainder = value % BASE;
            }
            digits[--at] = ALPHABET[remainder];
            while (first < number.length && number[first] == 0) {
                first++;
            }
        }
        var text = Arrays.copyOfRange(digits, at, digits.length);
        Arrays.fill(digits, (byte) 0);
        return text;
    }
}
