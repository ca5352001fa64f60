package quorate.rsa;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import quorate.algebra.Encoding;

/** One PEM block of RFC 7468, in byte arrays that can be wiped, because most of them hold a private key. */
public final class Pem {
    public static final String PRIVATE_KEY = "PRIVATE KEY";
    public static final String PUBLIC_KEY = "PUBLIC KEY";
    public static final String CERTIFICATE = "CERTIFICATE";
    private static final int LINE = 64;

    private Pem() {}

    /** The block of this content, which may be secret: the caller wipes what it gets. */
    public static byte[] encode(String label, byte[] der) {
        var base64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encode(der);
        try {
            return Encoding.concat(begin(label), base64, ascii("\n"), end(label));
        } finally {
            Arrays.fill(base64, (byte) 0);
        }
    }

    /** The one block of the text. Text around it, and a second block, are refused. */
    public static byte[] decode(String label, byte[] text) throws IOException {
        var begin = begin(label);
        var end = end(label);
        int body = text.length - begin.length - end.length;
        if (body <= 0
                || !Arrays.equals(text, 0, begin.length, begin, 0, begin.length)
                || !Arrays.equals(text, text.length - end.length, text.length, end, 0, end.length)) {
            throw new IOException("not exactly one PEM block \"" + label + "\"");
        }
        var base64 = new byte[body];
        int length = 0;
        try {
            for (int at = begin.length; at < begin.length + body; at++) {
                if (text[at] != '\n') {
                    base64[length++] = text[at];
                }
            }
            return decode(base64, length);
        } finally {
            Arrays.fill(base64, (byte) 0);
        }
    }

    private static byte[] decode(byte[] base64, int length) throws IOException {
        var exact = Arrays.copyOf(base64, length);
        try {
            return Base64.getDecoder().decode(exact);
        } catch (IllegalArgumentException e) {
            // The decoder's message quotes the character, which may be one of a key.
            throw new IOException("the PEM block is not base64");
        } finally {
            Arrays.fill(exact, (byte) 0);
        }
    }

    private static byte[] begin(String label) {
        return ascii("-----BEGIN " + label + "-----\n");
    }

    private static byte[] end(String label) {
        return ascii("-----END " + label + "-----\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
