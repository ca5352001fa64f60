package quorate.cli.outside;

import java.util.Arrays;
import quorate.transfer.ExportHeader;

/** Base58Check of Bitcoin, in bytes: the text is a secret. */
final class Base58Check {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int BASE = 58;
    private static final int BYTE = 256;
    private static final int CHECKSUM_BYTES = 4;
    private static final int LONGEST = 128;

    private Base58Check() {}

    /** What is before the checksum, once that is right. The caller wipes it. */
    static byte[] decode(byte[] text) throws UnreadableKey {
        if (text.length == 0 || text.length > LONGEST) {
            throw new UnreadableKey("it is not Base58Check");
        }
        var number = new byte[text.length];
        try {
            for (byte character : text) {
                int carry = ALPHABET.indexOf(character);
                if (carry < 0) {
                    throw new UnreadableKey("it is not Base58Check");
                }
                for (int i = number.length - 1; i >= 0; i--) {
                    carry += BASE * (number[i] & 0xff);
                    number[i] = (byte) carry;
                    carry /= BYTE;
                }
            }
            return checked(trimmed(text, number));
        } finally {
            Arrays.fill(number, (byte) 0);
        }
    }

    /** Every leading 1 stands for a zero byte, and no other zero byte leads. */
    private static byte[] trimmed(byte[] text, byte[] number) {
        int ones = 0;
        while (ones < text.length && text[ones] == ALPHABET.charAt(0)) {
            ones++;
        }
        int zeros = 0;
        while (zeros < number.length && number[zeros] == 0) {
            zeros++;
        }
        return Arrays.copyOfRange(number, Math.max(0, zeros - ones), number.length);
    }

    private static byte[] checked(byte[] decoded) throws UnreadableKey {
        try {
            int at = decoded.length - CHECKSUM_BYTES;
            if (at < 1) {
                throw new UnreadableKey("it is not Base58Check");
            }
            var content = Arrays.copyOf(decoded, at);
            var checksum = ExportHeader.hash(ExportHeader.hash(content));
            if (!Arrays.equals(checksum, 0, CHECKSUM_BYTES, decoded, at, decoded.length)) {
                Arrays.fill(content, (byte) 0);
                throw new UnreadableKey("its checksum is wrong: a character is mistyped");
            }
            return content;
        } finally {
            Arrays.fill(decoded, (byte) 0);
        }
    }
}
