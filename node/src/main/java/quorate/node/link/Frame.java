package quorate.node.link;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import quorate.algebra.Encoding;

/**
 * What travels on a link: I2OSP(|body|,4) || type 1 || body. The reader is total: a frame, {@link
 * MalformedFrame}, or the end of the stream. Memory grows with what arrives, not with what is announced.
 */
record Frame(FrameType type, byte[] body) {
    static final int HEADER_BYTES = 5;
    private static final int LENGTH_BYTES = 4;
    private static final int AT_ONCE = 128 * 1024;

    byte[] encode() {
        return Encoding.concat(Encoding.i2osp(body.length, LENGTH_BYTES), new byte[] {(byte) type.code()}, body);
    }

    /** The next frame, with a body of at most {@code mostBytes}. */
    static Frame read(DataInputStream in, int mostBytes) throws IOException {
        long length = Integer.toUnsignedLong(in.readInt());
        int code = in.readUnsignedByte();
        var type = FrameType.ofCode(code).orElseThrow(() -> new MalformedFrame("unknown frame type " + code));
        if (length > mostBytes) {
            throw new MalformedFrame(type + " of " + length + " bytes; at most " + mostBytes + " are read here");
        }
        if (!type.fits((int) length)) {
            throw new MalformedFrame(type + " of " + length + " bytes");
        }
        return new Frame(type, body(in, (int) length));
    }

    private static byte[] body(DataInputStream in, int length) throws IOException {
        if (length <= AT_ONCE) {
            var body = new byte[length];
            in.readFully(body);
            return body;
        }
        var body = in.readNBytes(length);
        if (body.length != length) {
            throw new EOFException("the stream ends inside a frame");
        }
        return body;
    }
}
