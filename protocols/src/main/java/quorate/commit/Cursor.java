package quorate.commit;

import java.util.Arrays;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;

/** Reads a payload of Appendix C from front to back and never past its end. */
final class Cursor {
    private final byte[] bytes;
    private int at;

    Cursor(byte[] bytes) {
        this.bytes = bytes;
    }

    /** I2OSP(v, length), length at most 4. */
    long number(int length) throws DecodingException {
        require(length);
        at += length;
        return Encoding.os2ip(bytes, at - length, length);
    }

    byte[] take(long length) throws DecodingException {
        require(length);
        at += (int) length;
        return Arrays.copyOfRange(bytes, at - (int) length, at);
    }

    void end() throws DecodingException {
        if (at != bytes.length) {
            throw new DecodingException((bytes.length - at) + " bytes behind the end");
        }
    }

    private void require(long length) throws DecodingException {
        if (length > bytes.length - at) {
            throw new DecodingException("ends after " + bytes.length + " bytes");
        }
    }
}
